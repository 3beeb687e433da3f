import { z } from 'zod'
import type { Opened } from '../keys/message.ts'
import { deviceId, messageId, principalId, type MessageId } from '../protocol/ids.ts'
import { roleOf } from '../protocol/log/household.ts'
import { KINDS, original, type Original } from '../protocol/message/kinds.ts'
import type { Client } from './client.ts'
import { pad, readFamily } from './family.ts'
import { profileWrite } from './profile.ts'
import type { Write } from './store.ts'

/**
 * What this device keeps of the messages it sent and received. A voice's own entry holds what a
 * list shows; its sound stays in `original/…` until somebody listens.
 */
const common = {
  mid: messageId.schema,
  by: deviceId.schema,
  person: principalId.schema,
  at: z.int(),
}
const voiceEntry = z.strictObject({
  ...common,
  kind: z.literal('voice'),
  author: KINDS.voice.shape.author,
  for: KINDS.voice.shape.for,
  durationMs: z.int(),
})
const forwardEntry = z.strictObject({
  ...common,
  kind: z.literal('forward'),
  of: messageId.schema,
})
const receiptEntry = z.strictObject({
  ...common,
  kind: z.literal('receipt'),
  of: messageId.schema,
  event: KINDS.receipt.shape.event,
})
const entry = z.discriminatedUnion('kind', [voiceEntry, forwardEntry, receiptEntry])
export type Entry = z.infer<typeof entry>
export type VoiceEntry = z.infer<typeof voiceEntry>

/** The store's writes for a verified message: its entry, its signed bytes, what it tells us. */
export async function messageWrites(
  client: Client,
  { inner, original: signed }: Pick<Opened, 'inner' | 'original'>,
): Promise<readonly Write[]> {
  const { household, device } = await readFamily(client)
  const sender = household.devices.get(inner.by)
  if (!sender) return []
  const head = { mid: inner.mid, by: inner.by, person: sender.person, at: inner.ts }
  const seen = { key: seenKey(inner.mid), value: inner.ts }
  const keep = (value: Entry): Write => ({ key: `message/${pad(inner.ts)}/${inner.mid}`, value })
  const bytes = { key: originalKey(inner.mid), value: signed }
  if (inner.kind === 'voice') {
    const { author, for: whom, durationMs } = inner.body
    return [seen, bytes, keep({ ...head, kind: 'voice', author, for: whom, durationMs })]
  }
  if (inner.kind === 'forward') {
    return [seen, bytes, keep({ ...head, kind: 'forward', of: inner.body.of })]
  }
  if (inner.kind === 'receipt') return [seen, keep({ ...head, kind: 'receipt', ...inner.body })]
  // What this device told was kept when it was told; what it told a relative was but a part of it.
  const others = inner.kind === 'profile' && inner.by !== device.id
  const told = others && roleOf(household, sender) === 'guardian'
  return told ? [seen, ...(await profileWrite(client, inner.body, inner.ts))] : [seen]
}

/** Every message entry, oldest first. */
export async function entries(client: Client): Promise<readonly Entry[]> {
  return (await client.store.list('message/', entry)).map(({ value }) => value)
}

/** Whether a message of this id was kept before. */
export async function wasSeen(client: Client, message: MessageId): Promise<boolean> {
  return (await client.store.get(seenKey(message), z.int())) !== undefined
}

/** The signed bytes of a message, verified when they came. */
export async function originalOf(
  client: Client,
  message: MessageId,
): Promise<Original | undefined> {
  return client.store.get(originalKey(message), original)
}

function seenKey(message: MessageId): string {
  return `seen/${message}`
}

function originalKey(message: MessageId): string {
  return `original/${message}`
}
