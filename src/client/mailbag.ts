import { z } from 'zod'
import type { Opened } from '../keys/message.ts'
import { sameBytes } from '../protocol/bytes.ts'
import {
  deviceId,
  messageId,
  principalId,
  type MessageId,
  type PrincipalId,
} from '../protocol/ids.ts'
import { roleOf, type Household } from '../protocol/log/household.ts'
import { readInner, type Inner } from '../protocol/message/inner.ts'
import { addressees } from '../protocol/message/addressees.ts'
import { KINDS, original, type Original } from '../protocol/message/kinds.ts'
import type { Client } from './client.ts'
import { pad, readFamily } from './family.ts'
import { findKeepsake, firstIdOf, keepsakeWrite } from './keepsake-entries.ts'
import { portraitWrites } from './portraits.ts'
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
/** Who it was sealed to, and in which epochs: with them it goes, or stays. */
const to = addressees
const voiceEntry = z.strictObject({
  ...common,
  to,
  kind: z.literal('voice'),
  author: KINDS.voice.shape.author,
  for: KINDS.voice.shape.for,
  durationMs: z.int(),
  re: KINDS.voice.shape.re,
  part: KINDS.voice.shape.part,
})
const forwardEntry = z.strictObject({
  ...common,
  to,
  kind: z.literal('forward'),
  of: messageId.schema,
  why: KINDS.forward.shape.why,
})
const receiptEntry = z.strictObject({
  ...common,
  to,
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
  // Ids are chosen by senders: what a voice's sound lies under already takes nothing else.
  if (inner.kind !== 'voice' && (await originalOf(client, inner.mid))) return [seen]
  switch (inner.kind) {
    case 'voice':
      if (await isForgotten(client, household, head)) return [seen]
      return [seen, ...(await supplanted(client, signed)), ...voiceWrites(household, inner, signed)]
    case 'forward':
      return [seen, ...(await forwardWrites(client, household, { inner, signed, head }))]
    case 'receipt':
      if (isAhead(client, inner)) return [seen]
      return [seen, keep({ ...head, to: inner.to, kind: 'receipt', ...inner.body })]
    case 'erase': {
      const wish = { ...head, of: inner.body.of }
      const kept = { key: `${wishesFor(wish.of)}${wish.mid}`, value: wish }
      return [seen, kept, ...(await forgetting(client, household, wish))]
    }
    case 'hide':
      return [seen, hiddenWrite(inner.body.of, inner.ts)]
    case 'keepsake':
      return [seen, ...(await keepsakeWrites(client, household, { inner, signed, head }))]
    case 'portrait':
      if (isAhead(client, inner)) return [seen]
      return [seen, ...(await portraitWrites(client, household, inner, sender))]
    case 'purpose':
      return [seen, ...(await purposeWrites(client, inner.body.purpose, head))]
    case 'consent':
      return [seen, consentWrite(inner.body, inner.by)]
    default: {
      // What this device told was kept when it was told; what it told a relative was but a part of it.
      const isTold = inner.by !== device.id && roleOf(household, sender) === 'guardian'
      return isTold && !isAhead(client, inner)
        ? [seen, ...(await profileWrite(client, inner.body, inner.ts))]
        : [seen]
    }
  }
}

const DAY_MS = 24 * 60 * 60 * 1000

/** Whether a message claims a day to come: what counts until something newer comes would stay. */
function isAhead({ now }: Client, { ts }: Inner): boolean {
  return ts > now() + DAY_MS
}

/** A voice's entry and its signed bytes, as they are kept whichever way they came. */
function voiceWrites(
  household: Household,
  inner: Extract<Inner, { kind: 'voice' }>,
  signed: Original,
): readonly Write[] {
  const { mid, by, to: sealedTo, ts: at, n, body } = inner
  const { author, for: whom, durationMs, re, part } = body
  const person = household.devices.get(by)?.person
  if (!person) return []
  const head = { mid, by, person, at, to: sealedTo, kind: 'voice' } as const
  const value: Entry = {
    ...head,
    author,
    for: whom,
    durationMs,
    ...(re && { re }),
    ...(part && { part }),
  }
  return [
    { key: entryKey(value, n), value },
    { key: originalKey(mid), value: signed },
  ]
}

type Came<K extends Inner['kind']> = {
  readonly inner: Extract<Inner, { kind: K }>
  readonly signed: Original
  readonly head: Pick<Entry, 'mid' | 'by' | 'person' | 'at'>
}

/** A voice out of an archive, in place of the same one that was sealed before. */
async function keepsakeWrites(
  client: Client,
  household: Household,
  { inner, signed, head }: Came<'keepsake'>,
): Promise<readonly Write[]> {
  const first = firstIdOf(household, inner)
  for (const mid of new Set([head.mid, first])) {
    if (await isForgotten(client, household, { ...head, mid })) return []
  }
  const before = await findKeepsake(client, first)
  return [
    ...(before ? [before.key, originalKey(before.value.mid)].map(forgotten) : []),
    keepsakeWrite(household, { inner, person: head.person }),
    { key: originalKey(inner.mid), value: signed },
  ]
}

function forgotten(key: string): Write {
  return { key, value: undefined }
}

/** A forward, and the voice in it where this device got it in no other way. */
async function forwardWrites(
  client: Client,
  household: Household,
  { inner, signed, head }: Came<'forward'>,
): Promise<readonly Write[]> {
  const { of, why, original: embedded } = inner.body
  if (why === 'approve' && isAhead(client, inner)) return []
  const voice = readInner(embedded.i)
  const speaker = household.devices.get(voice.by)?.person ?? head.person
  if (await isForgotten(client, household, { mid: of, person: speaker })) return []
  const entry: Entry = { ...head, to: inner.to, kind: 'forward', of, why }
  const kept = { key: entryKey(entry, inner.n), value: entry }
  // Only an approval has to be shown to a toy as it was signed.
  if (why === 'approve') return [kept, { key: originalKey(inner.mid), value: signed }]
  // Ids are chosen by senders: what is here under this one already is not replaced.
  const isHere = (await originalOf(client, of)) !== undefined
  if (isHere || voice.kind !== 'voice') return [kept]
  return [kept, ...voiceWrites(household, voice, embedded)]
}

/**
 * Forgets what a forward brought under the id of a voice that comes by itself: whoever passes on does
 * not speak for others.
 */
async function supplanted(client: Client, signed: Original): Promise<readonly Write[]> {
  const { mid } = readInner(signed.i)
  const before = await originalOf(client, mid)
  if (!before || sameBytes(before.i, signed.i)) return []
  const other = readInner(before.i)
  return [{ key: entryKey({ at: other.ts, mid }, other.n), value: undefined }]
}

/** Every message entry with its place in the store, oldest first. */
export function keptEntries(
  client: Client,
): Promise<readonly { readonly key: string; readonly value: Entry }[]> {
  return client.store.list('message/', entry)
}

/** Every message entry, oldest first. */
export async function entries(client: Client): Promise<readonly Entry[]> {
  return (await keptEntries(client)).map(({ value }) => value)
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

/** Forgets a voice with all that was said of it, or what somebody saved, if the wish counts. */
async function forgetting(
  client: Client,
  household: Household,
  wish: Wish,
): Promise<readonly Write[]> {
  const keepsake = await findKeepsake(client, wish.of)
  if (keepsake && counts(household, wish, { ...keepsake.value, mid: wish.of })) {
    return [keepsake.key, originalKey(keepsake.value.mid)].map(forgotten)
  }
  const kept = await keptEntries(client)
  const meant = kept.find(({ value }) => counts(household, wish, value))?.value
  if (!meant || !isForgettable(meant)) return []
  return forgetWrites(kept, new Set([meant.mid]))
}

/** The writes that forget messages and all that was said of them. */
export function forgetWrites(
  kept: readonly { readonly key: string; readonly value: Entry }[],
  gone: ReadonlySet<string>,
): readonly Write[] {
  const about = kept.filter(
    ({ value }) => gone.has(value.mid) || (value.kind !== 'voice' && gone.has(value.of)),
  )
  return about.flatMap(({ key, value }) => [
    { key, value: undefined },
    { key: originalKey(value.mid), value: undefined },
  ])
}

/** A voice, or that it was saved or passed on; an approval is taken back by a verdict. */
function isForgettable(entry: Entry): boolean {
  return entry.kind === 'voice' || (entry.kind === 'forward' && entry.why !== 'approve')
}

/** Sorts by time and, for what was said in the same millisecond, by the sender's counter. */
function entryKey({ at, mid }: Pick<Entry, 'at' | 'mid'>, n: number): string {
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

const HIDDEN = 'hidden/'
const moment = z.int()

/** The store's entry for a message that its person does not want to see any more. */
export function hiddenWrite(message: MessageId, at: number): Write {
  return { key: `${HIDDEN}${message}`, value: at }
}

/** The messages that are hidden on this person's devices. */
export async function hiddenHere(client: Client): Promise<ReadonlySet<string>> {
  const hidden = await client.store.list(HIDDEN, moment)
  return new Set(hidden.map(({ key }) => key.slice(HIDDEN.length)))
}

function seenKey(message: MessageId): string {
  return `seen/${message}`
}

function originalKey(message: MessageId): string {
  return `original/${message}`
}
