import { z } from 'zod'
import { PawpostError } from '../../protocol/errors.ts'
import { principalId } from '../../protocol/ids.ts'
import type { Client } from '../client.ts'
import type { Write } from '../store.ts'

const PREFIX = 'roll-back/'
const rollBack = z.strictObject({
  /** Milliseconds since 1970, by this device's clock. */
  at: z.int(),
  /** What became shorter: the log, a mailbox, or what this device sent. */
  of: z.union([z.literal(['log', 'sent']), principalId.schema]),
  /** How many links or messages this device knew of, and how many of them the server showed. */
  known: z.int().min(0),
  shown: z.int().min(0),
})
/** The server showed less than it had shown before: it was put back to an earlier day, or lies. */
export type RollBack = z.infer<typeof rollBack>

/** When what was sent was last looked after; without it, that is done at the next opportunity. */
export const sentChecked = 'sent-checked'

const DAY = 24 * 60 * 60 * 1000
/** What a server can make a client do again and again, it can make it do this often in a day. */
const TIMES_A_DAY = 8
/** Roll-backs that are kept; the oldest are forgotten first. */
const MOST_KEPT = 100

/** Every roll-back that this device noticed, oldest first. */
export async function rollBacks(client: Client): Promise<readonly RollBack[]> {
  return (await client.store.list(PREFIX, rollBack)).map(({ value }) => value)
}

/**
 * Notes a roll-back for ever, together with `also`, before anything is done about it; what was sent
 * is looked after at once. Throws `tampered` with `roll-back` when the day's of this kind are
 * spent: a server that claims roll-backs all the time costs no more than that.
 */
export async function noteRollBack(
  client: Client,
  what: Omit<RollBack, 'at'>,
  also: readonly Write[] = [],
): Promise<void> {
  const spent = await spend(client, what.of)
  if (!spent) throw new PawpostError('tampered', 'roll-back')
  const at = client.now()
  const known = await client.store.list(PREFIX, rollBack)
  const old = known.slice(0, Math.max(0, known.length + 1 - MOST_KEPT))
  await client.store.write([
    spent,
    { key: `${PREFIX}${String(at).padStart(14, '0')}/${what.of}`, value: { at, ...what } },
    ...old.map(({ key }) => ({ key, value: undefined })),
    { key: sentChecked, value: undefined },
    ...also,
  ])
  client.changed('alarms')
}

/** The write that uses up one of the day's times for something; nothing when they are spent. */
export async function spend(client: Client, what: string): Promise<Write | undefined> {
  const key = `spent/${what}`
  const now = client.now()
  const times = (await client.store.get(key, z.array(z.int()))) ?? []
  const today = times.filter((time) => Math.abs(now - time) < DAY)
  return today.length < TIMES_A_DAY ? { key, value: [...today, now] } : undefined
}
