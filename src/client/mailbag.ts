import { z } from 'zod'
import type { Opened } from '../keys/message.ts'
import {
  deviceId,
  messageId,
  principalId,
  type MessageId,
  type PrincipalId,
} from '../protocol/ids.ts'
import { roleOf, type Household } from '../protocol/log/household.ts'
import { readInner } from '../protocol/message/inner.ts'
import { KINDS, original, type Original } from '../protocol/message/kinds.ts'
import type { Client } from './client.ts'
import { pad, readFamily } from './family.ts'
import { profileWrite } from './profile.ts'
import { consentWrite, purposeWrites } from './purposes.ts'
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
/** A wish to forget; it counts for the speaker's own voice, and from a guardian. */
const wishEntry = z.strictObject({ ...common, of: messageId.schema })
const entry = z.discriminatedUnion('kind', [voiceEntry, forwardEntry, receiptEntry])
export type Entry = z.infer<typeof entry>
export type VoiceEntry = z.infer<typeof voiceEntry>
type Wish = z.infer<typeof wishEntry>

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
  const keep = (value: Entry): Write => ({ key: entryKey(value, inner.n), value })
  const bytes = { key: originalKey(inner.mid), value: signed }
  if (inner.kind === 'erase') {
    const wish = { ...head, of: inner.body.of }
    const kept = { key: `${wishesFor(wish.of)}${wish.mid}`, value: wish }
    return [seen, kept, ...(await forgetting(client, household, wish))]
  }
  if (inner.kind === 'purpose') {
    return [seen, ...(await purposeWrites(client, inner.body.purpose, head))]
  }
  if (inner.kind === 'consent') return [seen, consentWrite(inner.body, inner.by)]
  if (inner.kind === 'voice') {
    if (await isForgotten(client, household, head)) return [seen]
    const { author, for: whom, durationMs } = inner.body
    return [seen, bytes, keep({ ...head, kind: 'voice', author, for: whom, durationMs })]
  }
  if (inner.kind === 'forward') {
    const voice = readInner(inner.body.original.i)
    const speaker = household.devices.get(voice.by)?.person ?? head.person
    const spoken = { mid: inner.body.of, person: speaker }
    if (await isForgotten(client, household, spoken)) return [seen]
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

/** A voice, or the one that an approval embeds, and whose it is. */
type Spoken = { readonly mid: MessageId; readonly person: PrincipalId }

/** Whether a wish to forget counts: it is about one's own voice, or a guardian wishes it. */
function counts(household: Household, wish: Wish, { mid, person }: Spoken): boolean {
  const by = household.principals.get(wish.person)
  return wish.of === mid && (wish.person === person || by?.role === 'guardian')
}

/** Whether a voice was to be forgotten before it, or its approval, came. */
async function isForgotten(client: Client, household: Household, spoken: Spoken): Promise<boolean> {
  const wishes = await client.store.list(wishesFor(spoken.mid), wishEntry)
  return wishes.some(({ value }) => counts(household, value, spoken))
}

/** Forgets a voice with all that was said of it, if the wish counts. */
async function forgetting(
  client: Client,
  household: Household,
  wish: Wish,
): Promise<readonly Write[]> {
  const kept = await client.store.list('message/', entry)
  const isMeant = kept.some(({ value }) => value.kind === 'voice' && counts(household, wish, value))
  if (!isMeant) return []
  const about = kept.filter(
    ({ value }) => (value.kind === 'voice' ? value.mid : value.of) === wish.of,
  )
  return about.flatMap(({ key, value }) => [
    { key, value: undefined },
    { key: originalKey(value.mid), value: undefined },
  ])
}

/** Sorts by time and, for what was said in the same millisecond, by the sender's counter. */
function entryKey({ at, mid }: Entry, n: number): string {
  return `message/${pad(at)}/${pad(n)}/${mid}`
}

/** Wishes lie by what they are about: a voice that comes asks for its own alone. */
function wishesFor(message: MessageId): string {
  return `wish/${message}/`
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
