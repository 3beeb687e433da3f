import { z } from 'zod'
import { PawpostError, type ErrorCode } from '../protocol/errors.ts'
import type { MessageId } from '../protocol/ids.ts'
import { TOLD } from './api.ts'
import { OWN_WISH } from './append.ts'
import type { Client } from './client.ts'
import { rollBacks } from './heal/roll-backs.ts'
import { refusals } from './inbox.ts'

/**
 * What this device refused to believe. A server that lies is not only not believed: who was lied to
 * can read it, and tell somebody who knows, by its code.
 */

const PREFIX = 'alarm/'
const LOOKED = 'alarms-looked'
/** More kinds than this are no more news. */
const MOST_KINDS = 100

const alarm = z.strictObject({
  code: z.string(),
  reason: z.string().optional(),
  first: z.int(),
  last: z.int(),
  times: z.int(),
})

/** Something that was refused: its code, when it was seen first and last, and how often. */
export type Refused = {
  readonly code: ErrorCode
  readonly reason?: string
  readonly first: number
  readonly last: number
  readonly times: number
  /** The message that was put aside, if it was one whose id could be read. */
  readonly message?: MessageId
  /** Of a server that went back in time: how many entries this device knew, and how many it showed. */
  readonly fewer?: { readonly known: number; readonly shown: number }
}

/** Codes that say: what was shown to this device was not what its family made. */
const ALARMING: readonly ErrorCode[] = ['tampered', 'log-refused', 'not-approved', 'digits-differ']

/** A client that notes what its functions refuse, before they tell whoever called them. */
export function withAlarms(client: Client): Client {
  return {
    ...client,
    exclusively: (task) =>
      client.exclusively(async () => {
        try {
          return await task()
        } catch (error) {
          await noteAlarm(client, error)
          throw error
        }
      }),
  }
}

/**
 * Notes a refusal durably, each kind once, with a count. Anything that is none is not noted, nor what
 * a server refused: that is its word, and this device believed nothing; nor what this device wanted
 * itself and may not do.
 */
export async function noteAlarm(
  { store, now, changed }: Pick<Client, 'store' | 'now' | 'changed'>,
  error: unknown,
): Promise<void> {
  if (!(error instanceof PawpostError) || !ALARMING.includes(error.code)) return
  if (error.cause === TOLD || error.cause === OWN_WISH) return
  // Whatever does not look like a reason of ours is not kept.
  const reason = /^[a-z0-9-]{1,40}$/.exec(error.reason ?? '')?.[0]
  const key = `${PREFIX}${error.code}/${reason ?? ''}`
  const known = await store.get(key, alarm)
  if (!known && (await store.list(PREFIX, alarm)).length >= MOST_KINDS) return
  const at = now()
  const { first = at, times = 0 } = known ?? {}
  const value = { code: error.code, ...(reason !== undefined && { reason }), first, last: at }
  await store.write([{ key, value: { ...value, times: times + 1 } }])
  changed('alarms')
}

/**
 * Everything that was refused on this device, newest first: changes of the family, messages, and
 * servers that went back in time.
 */
export async function refused(client: Client): Promise<readonly Refused[]> {
  const kept = await client.store.list(PREFIX, alarm)
  const messages = (await refusals(client)).map(({ code, reason, at, message }): Refused => ({
    code: code as ErrorCode,
    ...(reason !== undefined && { reason }),
    first: at,
    last: at,
    times: 1,
    ...(message !== undefined && { message }),
  }))
  const fallen = (await rollBacks(client)).map(({ at, known, shown }): Refused => ({
    code: 'tampered',
    reason: 'roll-back',
    first: at,
    last: at,
    times: 1,
    fewer: { known, shown },
  }))
  // What could not be healed was noted with its numbers already.
  const told = ({ reason }: Refused): boolean => reason === 'roll-back' && fallen.length > 0
  const noted = kept.map(({ value }) => value as Refused).filter((one) => !told(one))
  return [...noted, ...messages, ...fallen].sort((a, b) => b.last - a.last)
}

/** How many kinds of refusals were seen first since somebody last looked at the list. */
export async function unseenRefusals(client: Client): Promise<number> {
  const looked = (await client.store.get(LOOKED, z.int())) ?? 0
  return (await refused(client)).filter(({ first }) => first > looked).length
}

/** Notes that a person has seen the list. */
export async function noteLooked(client: Client): Promise<void> {
  await client.store.write([{ key: LOOKED, value: client.now() }])
  client.changed('alarms')
}
