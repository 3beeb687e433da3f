import { z } from 'zod'
import { open, type Opened } from '../keys/message.ts'
import { readMailbox, readMessage } from '../protocol/api/messages.ts'
import { fromBase64url } from '../protocol/bytes.ts'
import { bytes } from '../protocol/cbor.ts'
import { PawpostError } from '../protocol/errors.ts'
import { deviceId, messageId, type PrincipalId } from '../protocol/ids.ts'
import { heldBy } from '../protocol/log/household.ts'
import { pidsOf } from '../protocol/message/addressees.ts'
import { readOuter, type Outer } from '../protocol/message/outer.ts'
import type { Client } from './client.ts'
import { pad, pullLog, type Family } from './family.ts'
import { messageWrites, wasSeen } from './mailbag.ts'
import type { Write } from './store.ts'

const refusal = z.strictObject({
  reason: z.string(),
  message: messageId.schema.optional(),
  by: deviceId.schema.optional(),
})
/** A message that was put aside, and why: shown as a number, never played. */
export type Refusal = z.infer<typeof refusal>

/** Counter and hash of the newest message from a device, by mailbox. */
const lastReceived = z.strictObject({ n: z.int(), hash: bytes(32) })

type Entry = { readonly seq: number; readonly outer: string }

/** Fetches, verifies and keeps whatever is new in this device's mailboxes. */
export async function receive(client: Client): Promise<void> {
  const family = await pullLog(client)
  const me = family.household.devices.get(family.device.id)
  if (!me || me.until !== undefined) return
  for (const mailbox of heldBy(family.household, me)) await receiveFrom(client, family, mailbox)
}

/** Messages that were refused on receipt, oldest first. */
export async function refusals(client: Client): Promise<readonly Refusal[]> {
  return (await client.store.list('refused/', refusal)).map(({ value }) => value)
}

async function receiveFrom(client: Client, family: Family, principal: PrincipalId): Promise<void> {
  const cursor = `cursor/${principal}`
  for (;;) {
    const after = (await client.store.get(cursor, z.int())) ?? 0
    const params = { household: family.household.id, principal }
    const input = { params, query: { after } }
    const page = await client.api.call(readMailbox, input, family.device)
    demandWhole(after, page)
    for (const entry of page.entries) {
      const writes = await take(client, family, { principal, entry })
      await client.store.write([...writes, { key: cursor, value: entry.seq }])
      client.changed('messages')
    }
    if (page.entries.length === 0) return
  }
}

/** Mailboxes have no gaps: a number that is missing is an entry that the server keeps back. */
function demandWhole(
  after: number,
  { entries, latest }: { entries: readonly Entry[]; latest: number },
): void {
  if (latest < after) throw new PawpostError('tampered', 'roll-back')
  const whole = entries.every(({ seq }, index) => seq === after + 1 + index)
  if (!whole || (entries.length === 0 && latest > after)) {
    throw new PawpostError('tampered', 'withheld')
  }
}

type Arrival = { readonly principal: PrincipalId; readonly entry: Entry }

/** What to keep of one entry: the message, a refusal with its reason, or nothing for a copy. */
async function take(client: Client, family: Family, arrival: Arrival): Promise<readonly Write[]> {
  const { principal, entry } = arrival
  let outer: Outer | undefined
  try {
    const envelope = fromBase64url(entry.outer)
    outer = readOuter(envelope)
    if (await isCopy(client, family, outer, principal)) return []
    const counterKey = `received/${principal}/${outer.by}`
    const opened = await fetchAndOpen(client, family, { outer, envelope, counterKey })
    return [
      ...(await messageWrites(client, opened)),
      { key: counterKey, value: { n: opened.inner.n, hash: opened.hash } },
      { key: firstKey(outer), value: principal },
    ]
  } catch (error) {
    if (!(error instanceof PawpostError) || !isRefusal(error)) throw error
    const known = outer && { message: outer.mid, by: outer.by }
    const value = { reason: error.reason ?? error.code, ...known }
    return [{ key: `refused/${principal}/${pad(entry.seq)}`, value }]
  }
}

/** Own messages were kept when they were sent; one for two mailboxes comes twice by design. */
async function isCopy(
  client: Client,
  family: Family,
  outer: Outer,
  principal: PrincipalId,
): Promise<boolean> {
  if (!(await wasSeen(client, outer.mid))) return false
  if (outer.by === family.device.id) return true
  const first = await client.store.get(firstKey(outer), z.string())
  if (first !== undefined && first !== principal && pidsOf(outer.to).includes(principal))
    return true
  throw new PawpostError('message-refused', 'message-replayed')
}

async function fetchAndOpen(
  client: Client,
  family: Family,
  arrived: { outer: Outer; envelope: Uint8Array; counterKey: string },
): Promise<Opened> {
  const { outer, envelope, counterKey } = arrived
  const params = { household: family.household.id, message: outer.mid }
  const ciphertext = await client.api.call(readMessage, { params }, family.device)
  const last = await client.store.get(counterKey, lastReceived)
  const received = { last: () => last, has: () => false }
  const { household, keyring } = family
  try {
    return await open(household, keyring, { envelope, ciphertext }, received)
  } catch (error) {
    const behind = error instanceof PawpostError && error.reason === 'head-unknown'
    if (!behind) throw error
    const newer = await pullLog(client)
    return open(newer.household, newer.keyring, { envelope, ciphertext }, received)
  }
}

function firstKey(outer: Outer): string {
  return `first/${outer.mid}`
}

/** What concerns this one message; anything else (network, session) is for a later try. */
function isRefusal(error: PawpostError): boolean {
  return error.code === 'message-refused' || error.code === 'not-found'
}
