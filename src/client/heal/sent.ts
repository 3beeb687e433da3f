import { z } from 'zod'
import { MISSING_ASKED, missingMessages, sendMessage } from '../../protocol/api/messages.ts'
import { bytes } from '../../protocol/cbor.ts'
import { PawpostError, type ErrorCode } from '../../protocol/errors.ts'
import { messageId, type MessageId } from '../../protocol/ids.ts'
import type { Client } from '../client.ts'
import { pad, readFamily, type Family } from '../family.ts'
import type { Write } from '../store.ts'
import { noteRollBack, sentChecked } from './roll-backs.ts'

// What this device sent, as it was sent: a server that lost it gets it again, in the same order.

/** How much is kept, and for how long; the oldest is forgotten first. */
export const KEPT: Limits = {
  ms: 35 * 24 * 60 * 60 * 1000,
  messages: 2000,
  bytes: 64 * 1024 * 1024,
}
type Limits = { readonly ms: number; readonly messages: number; readonly bytes: number }

/** Times that one message is sent again in its life, whatever a server claims to have lost. */
export const MOST_RESENDS = 5

const SENT = 'sent/'
const TALLY = 'sent-tally'
const DAY = 24 * 60 * 60 * 1000

const kept = z.strictObject({
  mid: messageId.schema,
  /** When the server had taken it. */
  at: z.int(),
  bytes: z.int(),
  /** How often it was sent again. */
  again: z.int(),
})
type Kept = { readonly key: string; readonly value: z.infer<typeof kept> }
const tallied = z.strictObject({ messages: z.int(), bytes: z.int(), newest: messageId.schema })

/** The store's writes that keep a message which the server has taken; `n` is its counter. */
export async function sentWrites(
  client: Client,
  { mid, n, frame }: { mid: MessageId; n: number; frame: Uint8Array },
): Promise<readonly Write[]> {
  const tally = (await client.store.get(TALLY, tallied)) ?? { messages: 0, bytes: 0 }
  const value = { mid, at: client.now(), bytes: frame.length, again: 0 }
  const messages = tally.messages + 1
  const all = tally.bytes + frame.length
  return [
    { key: `${SENT}${pad(n)}`, value },
    { key: frameKey(mid), value: frame },
    { key: TALLY, value: { messages, bytes: all, newest: mid } },
  ]
}

/**
 * Sends again what the server lost, before anything new is sent: receivers take a sender's messages
 * in their order only. Whether something is lost is asked once a day, after a roll-back was noticed
 * and, for the newest message alone, whenever there is something new to send (`due`): what a
 * roll-back takes is what came last.
 */
export async function resendLost(
  client: Client,
  due: boolean,
  limits: Limits = KEPT,
): Promise<void> {
  const tally = await client.store.get(TALLY, tallied)
  if (!tally) return
  const family = await readFamily(client)
  const checked = await client.store.get(sentChecked, z.int())
  const now = client.now()
  const isTime = checked === undefined || Math.abs(now - checked) >= DAY
  const isFull = tally.messages > limits.messages || tally.bytes > limits.bytes
  if (isFull) await prune(client, family, limits)
  if (!isTime && !due) return
  if (!isTime && (await missingOf(client, family, [tally.newest])).length === 0) return
  await resendMissing(client, family, await prune(client, family, limits))
  await client.store.write([{ key: sentChecked, value: now }])
}

async function resendMissing(client: Client, family: Family, sent: readonly Kept[]): Promise<void> {
  const ids = sent.map(({ value }) => value.mid)
  const missing = new Set(await missingOf(client, family, ids))
  const lost = sent.filter(({ value }) => missing.has(value.mid) && value.again < MOST_RESENDS)
  if (lost.length === 0) return
  const [known, shown] = [sent.length, sent.length - missing.size]
  await noteRollBack(client, { of: 'sent', known, shown })
  for (const one of lost) await resend(client, family, one)
}

async function resend(client: Client, { household, device }: Family, one: Kept): Promise<void> {
  const { mid, again } = one.value
  const frame = await client.store.get(frameKey(mid), bytes(1, 1 << 20))
  if (!frame) return
  const params = { household: household.id, message: mid }
  try {
    await client.api.call(sendMessage, { params, body: Uint8Array.from(frame) }, device)
    await client.store.write([{ key: one.key, value: { ...one.value, again: again + 1 } }])
  } catch (error) {
    // What was taken once may be refused now, such as to somebody who has left since.
    if (!(error instanceof PawpostError) || !FINAL.includes(error.code)) throw error
    await client.store.write([{ key: one.key, value: { ...one.value, again: MOST_RESENDS } }])
  }
}

const FINAL: readonly ErrorCode[] = ['message-refused', 'message-conflict', 'device-refused']

async function missingOf(
  client: Client,
  { household, device }: Family,
  messages: readonly MessageId[],
): Promise<readonly MessageId[]> {
  const missing: MessageId[] = []
  for (let from = 0; from < messages.length; from += MISSING_ASKED) {
    const body = { messages: messages.slice(from, from + MISSING_ASKED) }
    const params = { household: household.id }
    missing.push(...(await client.api.call(missingMessages, { params, body }, device)).missing)
  }
  return missing
}

/** What the family wants deleted after so many days is not brought back. */
function longest({ household: { policy } }: Family, { ms }: Limits): number {
  return policy.retention > 0 ? Math.min(ms, (policy.retention - 1) * DAY) : ms
}

/** Forgets what is too old or too much; gives what is left, oldest first. */
async function prune(client: Client, family: Family, limits: Limits): Promise<readonly Kept[]> {
  const ms = longest(family, limits)
  const all = await client.store.list(SENT, kept)
  const left: Kept[] = []
  let size = 0
  for (const one of all.toReversed()) {
    const isYoung = client.now() - one.value.at < ms
    size += one.value.bytes
    if (!isYoung || left.length === limits.messages || size > limits.bytes) break
    left.unshift(one)
  }
  const old = all.slice(0, all.length - left.length)
  const newest = left.at(-1)?.value.mid
  const total = left.reduce((sum, { value }) => sum + value.bytes, 0)
  const tally = newest && { messages: left.length, bytes: total, newest }
  await client.store.write([
    ...old.flatMap(({ key, value }) => [key, frameKey(value.mid)]).map(forgotten),
    { key: TALLY, value: tally },
  ])
  return left
}

function forgotten(key: string): Write {
  return { key, value: undefined }
}

function frameKey(message: MessageId): string {
  return `frame/${message}`
}
