import { z } from 'zod'
import { randomBytes } from '../keys/device.ts'
import { seal } from '../keys/message.ts'
import { sendMessage } from '../protocol/api/messages.ts'
import { bytes } from '../protocol/cbor.ts'
import { isErrorCode, PawpostError, type ErrorCode } from '../protocol/errors.ts'
import { messageId, principalId, type MessageId, type PrincipalId } from '../protocol/ids.ts'
import type { LastMessage } from '../protocol/log/ops.ts'
import { NOTHING_SENT } from '../protocol/log/membership.ts'
import { readInner } from '../protocol/message/inner.ts'
import { KINDS, original, type Content, type Kind } from '../protocol/message/kinds.ts'
import type { Client } from './client.ts'
import { hasEnded, pad, readFamily } from './family.ts'
import { resendLost, sentWrites } from './heal/sent.ts'
import { messageWrites } from './mailbag.ts'
import { nudge } from './nudge.ts'
import type { Write } from './store.ts'

const OUTBOX = 'outbox/'
const COUNTER = 'counter'
const ORDER = 'order'

const counter = z.strictObject({ n: z.int(), prev: bytes(32) })
const sealed = z.strictObject({ frame: bytes(1, 1 << 20), original })
const item = z.strictObject({
  mid: messageId.schema,
  to: z.array(principalId.schema),
  at: z.int(),
  kind: z.enum(Object.keys(KINDS) as [Kind, ...Kind[]]),
  body: z.unknown(),
  /** Present from the moment it was signed: from then on the same bytes are sent until they arrive. */
  sealed: sealed.optional(),
  /** Why the server will never take it; it stays, visible, until the person decides. */
  failed: z.string().optional(),
})
type Item = z.infer<typeof item>

/** Something to say, before it is sealed. */
export type Letter = {
  readonly to: readonly PrincipalId[]
  readonly at: number
  readonly content: Content
  /** Its id, where what it says decides it; a new one otherwise. */
  readonly mid?: MessageId
}

/** A message that has not arrived yet. */
export type Waiting = {
  readonly message: MessageId
  readonly content: Content
  readonly at: number
  readonly failed?: ErrorCode
}

/**
 * Puts letters into the outbox: durable, encrypted, in order, before anything is sent. `also` is
 * written with them, all or nothing.
 */
export async function enqueue(
  client: Client,
  letters: readonly Letter[],
  also: readonly Write[] = [],
): Promise<readonly MessageId[]> {
  const first = (await client.store.get(ORDER, z.int())) ?? 0
  const items = letters.map(({ to, at, content, mid = newId() }) => {
    const { kind, body } = content
    return { mid, to: [...to], at, kind, body }
  })
  await client.store.write([
    ...also,
    { key: ORDER, value: first + items.length },
    ...items.map((value, index) => ({ key: itemKey(first + index, value.mid), value })),
  ])
  client.changed('outbox')
  nudge(client)
  return items.map(({ mid }) => mid)
}

function newId(): MessageId {
  return messageId.from(randomBytes(16))
}

/** The message's id makes it the letter's own: two that take the same number stay two. */
function itemKey(order: number, message: MessageId): string {
  return `${OUTBOX}${pad(order)}/${message}`
}

/** What is still in the outbox, oldest first. */
export async function waiting(client: Client): Promise<readonly Waiting[]> {
  const entries = await client.store.list(OUTBOX, item)
  return entries.map(({ value }) => ({
    message: value.mid,
    content: { kind: value.kind, body: value.body } as Content,
    at: value.at,
    ...(isErrorCode(value.failed) && { failed: value.failed }),
  }))
}

/**
 * Sends what is in the outbox, oldest first, after whatever the server lost of what was sent before. Each message is signed once and its bytes kept before
 * they are sent, so that a crash at any point repeats the same message and the server takes it once.
 * Throws when it should be tried again later; a message refused for good is marked and passed over.
 */
export async function flush(client: Client): Promise<void> {
  const items = await client.store.list(OUTBOX, item)
  const ready = items.filter(({ value }) => value.failed === undefined)
  if (!(await hasEnded(client))) await resendLost(client, ready.length > 0)
  for (const { key, value } of ready) await sendOne(client, key, value)
}

async function sendOne(client: Client, key: string, value: Item): Promise<void> {
  try {
    await deliver(client, key, value)
  } catch (error) {
    if (!(error instanceof PawpostError) || !isFinal(error)) throw error
    await client.store.write([
      { key, value: isThere(value, error) ? undefined : failed(value, error) },
    ])
  }
  client.changed('outbox')
  client.changed('messages')
}

function failed(value: Item, { code }: PawpostError): Item {
  return { ...unsealed(value), failed: code }
}

/** Of two who bring the same archive, one comes first: then it is here, and comes by the mailbox. */
function isThere({ kind }: Item, { code }: PawpostError): boolean {
  return kind === 'keepsake' && code === 'message-conflict'
}

async function deliver(client: Client, key: string, value: Item): Promise<void> {
  if (await hasEnded(client)) throw new PawpostError('device-ended')
  const ready = value.sealed ?? (await sealItem(client, key, value))
  const { household, device } = await readFamily(client)
  const params = { household: household.id, message: value.mid }
  await client.api.call(sendMessage, { params, body: Uint8Array.from(ready.frame) }, device)
  const inner = readInner(ready.original.i)
  const { mid, n } = inner
  await client.store.write([
    { key, value: undefined },
    ...(await sentWrites(client, { mid, n, frame: ready.frame })),
    ...(await messageWrites(client, { inner, original: ready.original })),
  ])
}

async function sealItem(
  client: Client,
  key: string,
  value: Item,
): Promise<NonNullable<Item['sealed']>> {
  const { household, device } = await readFamily(client)
  const last = await lastSealed(client)
  const content = { kind: value.kind, body: value.body } as Content
  const { mid, to, at } = value
  const draft = { mid, to, at, content, n: last.n + 1, prev: last.hash }
  const { frame, hash, original: signed } = await seal(household, device, draft)
  const ready = { frame, original: signed }
  await client.store.write([
    { key, value: { ...value, sealed: ready } },
    { key: COUNTER, value: { n: draft.n, prev: hash } },
  ])
  return ready
}

/** Counter and hash of the last message that this device signed, whether or not it arrived. */
export async function lastSealed(client: Client): Promise<LastMessage> {
  const last = await client.store.get(COUNTER, counter)
  return last ? { n: last.n, hash: last.prev } : NOTHING_SENT
}

const FINAL: readonly ErrorCode[] = [
  'device-ended',
  'message-refused',
  'message-conflict',
  'device-refused',
  'family-full',
  'too-large',
  'bad-request',
]

function isFinal(error: PawpostError): boolean {
  return FINAL.includes(error.code)
}

/** The letter alone, to be sealed anew: on the newest log, with the next counter. */
function unsealed({ mid, to, at, kind, body }: Item): Item {
  return { mid, to, at, kind, body }
}

/** Tries a failed message once more, under its own id. */
export async function retry(client: Client, message: MessageId): Promise<void> {
  await change(client, message, unsealed)
  nudge(client)
}

/** Gives a failed message up. */
export async function discard(client: Client, message: MessageId): Promise<void> {
  await change(client, message, () => undefined)
}

async function change(
  client: Client,
  message: MessageId,
  edit: (value: Item) => Item | undefined,
): Promise<void> {
  const entries = await client.store.list(OUTBOX, item)
  const found = entries.find(({ value }) => value.mid === message && value.failed !== undefined)
  if (!found) throw new PawpostError('not-found')
  await client.store.write([{ key: found.key, value: edit(found.value) }])
  client.changed('outbox')
}
