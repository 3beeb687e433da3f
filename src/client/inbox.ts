import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { open, type Opened } from '../keys/message.ts'
import { readMailbox, readMessage } from '../protocol/api/messages.ts'
import { ascii, fromBase64url, sameBytes } from '../protocol/bytes.ts'
import { bytes } from '../protocol/cbor.ts'
import { PawpostError } from '../protocol/errors.ts'
import {
  deviceId,
  messageId,
  type DeviceId,
  type MessageId,
  type PrincipalId,
} from '../protocol/ids.ts'
import { heldBy } from '../protocol/log/household.ts'
import { NOTHING_SENT } from '../protocol/log/membership.ts'
import type { LastMessage } from '../protocol/log/ops.ts'
import { pidsOf } from '../protocol/message/addressees.ts'
import { readOuter, type Outer } from '../protocol/message/outer.ts'
import type { Client } from './client.ts'
import { pad, type Family } from './family.ts'
import { noteRollBack } from './heal/roll-backs.ts'
import { messageWrites, wasSeen } from './mailbag.ts'
import { pullLog } from './pull-log.ts'
import type { Write } from './store.ts'

const refusal = z.strictObject({
  code: z.string(),
  reason: z.string(),
  at: z.int(),
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

/**
 * Counter and hash of the last message that this device accepted from another one, over all the
 * mailboxes it reads.
 */
export async function lastAccepted(client: Client, from: DeviceId): Promise<LastMessage> {
  const known = await client.store.list('received/', lastReceived)
  return known
    .filter(({ key }) => key.endsWith(`/${from}`))
    .map(({ value }) => value)
    .reduce((last, one) => (one.n > last.n ? one : last), NOTHING_SENT)
}

/**
 * How far a mailbox was read: the number of the newest entry and its hash, which tells a mailbox that
 * was rolled back and filled again; and how many roll-backs came before (`round`).
 */
const place = z.strictObject({
  seq: z.int().min(0),
  hash: bytes(32),
  round: z.int().min(0),
  /** The lowest open epoch when the mailbox was last read to its end: what comes later names no lower one. */
  open: z.int().min(1).optional(),
})
type Place = z.infer<typeof place>
const START: Place = { seq: 0, hash: new Uint8Array(32), round: 0 }

async function receiveFrom(client: Client, family: Family, principal: PrincipalId): Promise<void> {
  for (;;) {
    const at = (await client.store.get(placeKey(principal), place)) ?? START
    const params = { household: family.household.id, principal }
    // The newest entry that is known comes again: to see that it is still the same.
    const input = { params, query: { after: Math.max(0, at.seq - 1) } }
    const page = await client.api.call(readMailbox, input, family.device)
    if (isRolledBack(at, page)) {
      await startOver(client, principal, at, page.latest)
      continue
    }
    demandWhole(input.query.after, page)
    const fresh = page.entries.filter(({ seq }) => seq > at.seq)
    const end = await takeAll(client, family, { principal, round: at.round, open: at.open }, fresh)
    if (end === 'awaits-wrap') return
    if (fresh.length === 0) return noteOpen(client, family, principal, at)
  }
}

async function noteOpen(
  client: Client,
  { household }: Family,
  principal: PrincipalId,
  at: Place,
): Promise<void> {
  const open = household.principals.get(principal)?.open ?? 1
  if (open === (at.open ?? 1)) return
  await client.store.write([{ key: placeKey(principal), value: { ...at, open } }])
}

type Page = { readonly entries: readonly Entry[]; readonly latest: number }

/** Whether the server lost the newest entry that is known, or has another one in its place. */
function isRolledBack({ seq, hash }: Place, { entries, latest }: Page): boolean {
  if (latest < seq) return true
  const again = entries.find((entry) => entry.seq === seq)
  return seq > 0 && again !== undefined && !sameBytes(hashOf(again), hash)
}

/** A mailbox that was put back is read from its beginning. What was kept from it stays. */
async function startOver(
  client: Client,
  principal: PrincipalId,
  { seq, round }: Place,
  latest: number,
): Promise<void> {
  const again = { key: placeKey(principal), value: { ...START, round: round + 1 } }
  await noteRollBack(client, { of: principal, known: seq, shown: Math.min(seq, latest) }, [again])
}

type Mailbox = {
  readonly principal: PrincipalId
  readonly round: number
  readonly open: number | undefined
}

async function takeAll(
  client: Client,
  family: Family,
  mailbox: Mailbox,
  entries: readonly Entry[],
): Promise<'taken' | 'awaits-wrap'> {
  let writes: readonly Write[] = []
  for (const entry of entries) {
    const { seq } = entry
    const taken = await take(client, family, { ...mailbox, entry })
    if (!taken) return 'awaits-wrap'
    writes = [...writes, ...taken.writes]
    // What is known already is noted with what comes next.
    if (taken.isCopy && entry !== entries.at(-1)) continue
    const { principal, round, open } = mailbox
    const value: Place = { seq, hash: hashOf(entry), round, ...(open && { open }) }
    await client.store.write([...writes, { key: placeKey(principal), value }])
    writes = []
    client.changed('messages')
    client.changed('alarms')
  }
  return 'taken'
}

function hashOf({ outer }: Entry): Uint8Array {
  return sha256(ascii(outer))
}

function placeKey(principal: PrincipalId): string {
  return `place/${principal}`
}

/** Mailboxes have no gaps: a number that is missing is an entry that the server keeps back. */
function demandWhole(after: number, { entries, latest }: Page): void {
  const whole = entries.every(({ seq }, index) => seq === after + 1 + index)
  if (!whole || (entries.length === 0 && latest > after)) {
    throw new PawpostError('tampered', 'withheld')
  }
}

type Arrival = Mailbox & { readonly entry: Entry }
type Taken = { readonly writes: readonly Write[]; readonly isCopy: boolean }

/**
 * What to keep of one entry: the message, a refusal with its reason, or no more than a copy's.
 * Nothing for one that has to wait for a wrap.
 */
async function take(client: Client, family: Family, arrival: Arrival): Promise<Taken | undefined> {
  const { principal, round, entry } = arrival
  let outer: Outer | undefined
  try {
    const envelope = fromBase64url(entry.outer)
    outer = readOuter(envelope)
    const noted = { key: arrivedKey(principal, outer.mid), value: round }
    if (await isCopy(client, family, outer, arrival)) return { writes: [noted], isCopy: true }
    const counterKey = `received/${principal}/${outer.by}`
    const opened = await fetchAndOpen(client, family, { outer, envelope, counterKey })
    const writes = [
      ...(await messageWrites(client, opened)),
      { key: counterKey, value: { n: opened.inner.n, hash: opened.hash } },
      noted,
    ]
    return { writes, isCopy: false }
  } catch (error) {
    if (!(error instanceof PawpostError) || !isRefusal(error)) throw error
    if (awaitsWrap(family, principal, error)) return undefined
    const known = outer && { message: outer.mid, by: outer.by }
    const { code, reason = code } = error
    const value = { code, reason, at: client.now(), ...known }
    const isShut = isUnopened(error) || code === 'not-found'
    const isPast = isShut && outer && isClosed(family, arrival, outer)
    const place = isPast ? 'closed' : 'refused'
    return { writes: [{ key: `${place}/${principal}/${pad(entry.seq)}`, value }], isCopy: false }
  }
}

/**
 * Whether a message names an epoch that is closed for ever: what was said before this device came, or
 * went by while it was switched off. Its key is gone, the server may have let go of it, and nothing is
 * wrong with that. What came since the mailbox was last read to its end cannot name an epoch that was
 * closed then: a server would pass off a younger one so, and hide it.
 */
function isClosed({ household }: Family, { principal, open = 1 }: Mailbox, { to }: Outer): boolean {
  const named = to.find(({ pid }) => pid === principal)
  if (!named || named.epoch < open) return false
  return named.epoch < (household.principals.get(principal)?.open ?? 1)
}

/**
 * Whether a message is here already, as it should be: own messages were kept when they were sent; one
 * for two mailboxes comes twice by design; after a roll-back everything comes once more.
 */
async function isCopy(
  client: Client,
  family: Family,
  outer: Outer,
  { principal, round }: Mailbox,
): Promise<boolean> {
  if (!(await wasSeen(client, outer.mid))) return false
  if (outer.by === family.device.id) return true
  const before = await client.store.get(arrivedKey(principal, outer.mid), z.int())
  const isNews = before === undefined ? pidsOf(outer.to).includes(principal) : before < round
  if (isNews) return true
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

/** In which round of a mailbox a message came there last. */
function arrivedKey(principal: PrincipalId, message: MessageId): string {
  return `arrived/${principal}/${message}`
}

/**
 * Whether a message may only be closed because the newest secret of its mailbox has not come yet: a
 * server that lost the wrap gets it from its maker. What comes later waits, too: order counts.
 */
function awaitsWrap(
  { household, keyring }: Family,
  principal: PrincipalId,
  error: PawpostError,
): boolean {
  if (!isUnopened(error)) return false
  const newest = household.principals.get(principal)?.epochs.at(-1)
  return newest !== undefined && !keyring.get(principal)?.has(newest.epoch)
}

/** Whether a message may be as it should be, and only the key is not here. */
function isUnopened({ reason }: PawpostError): boolean {
  return reason === 'not-addressed' || reason === 'undecryptable'
}

/** What concerns this one message; anything else (network, session) is for a later try. */
function isRefusal(error: PawpostError): boolean {
  return error.code === 'message-refused' || error.code === 'not-found'
}
