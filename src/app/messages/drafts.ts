import { z } from 'zod'
import type { Client } from '../../client/client.ts'
import { messages, sound } from '../../client/messages.ts'
import { CHILD_MS, PEOPLE_MS, sendVoice } from '../../client/voices.ts'
import { bytes } from '../../protocol/cbor.ts'
import { sameBytes } from '../../protocol/bytes.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { childId, messageId, principalId, type MessageId } from '../../protocol/ids.ts'

const PREFIX = 'draft/'

const author = z.union([z.enum(['sender', 'child']), childId.schema])
const whom = z.union([z.enum(['child', 'household']), childId.schema, principalId.schema])
/** One or several; a draft of former days was for one and says so without a list. */
const to = z.union([z.array(whom).min(1).max(32), whom.transform((one) => [one])])

/** Whose voice it is, for whom, and what it answers. */
export type Address = {
  readonly author: z.infer<typeof author>
  readonly to: readonly z.infer<typeof whom>[]
  readonly re?: MessageId | undefined
}

/** An address as it lies in the store. */
export const address = z.strictObject({ author, to, re: messageId.schema.optional() })

const draft = z.strictObject({
  ...address.shape,
  sound: bytes(1, 1 << 22),
  durationMs: z.int().min(1),
  at: z.int(),
  /** Set from just before it goes into the outbox: it may be there already. */
  leaving: z.boolean(),
  /** The window closed while it was recorded: this is what was kept until then. */
  interrupted: z.boolean().optional(),
})

/** A recording that was stopped and not sent yet: kept, encrypted, until the person decides. */
export type Draft = z.infer<typeof draft>

/** An address out of a path's segments. Throws `not-found` for what is none. */
export function readAddress(parts: {
  author: string
  to: string
  re?: string | undefined
}): Address {
  const parsed = address.safeParse({ ...parts, to: parts.to.split(',') })
  if (!parsed.success) throw new PawpostError('not-found')
  return parsed.data
}

/** The screen where one records for an address. */
export function recordingPath(of: Address): string {
  return `/record/${placeOf(of)}`
}

/** Whether two addresses are the same. */
export function sameAddress(one: Address, other: Address): boolean {
  return placeOf(one) === placeOf(other)
}

/** The longest recording for an address: the toy takes less than people do. */
export function longest({ to }: Address): number {
  return to.some((one) => one === 'child' || childId.is(one)) ? CHILD_MS : PEOPLE_MS
}

function placeOf({ author, to, re }: Address): string {
  return `${author}/${to.join(',')}${re ? `/${re}` : ''}`
}

function keyOf(of: Address): string {
  return PREFIX + placeOf(of)
}

/** How a recording came to be kept. */
type Origin = {
  readonly interrupted?: boolean
  /** Keys of the store under which it lay until now. */
  readonly without?: readonly string[]
}

/** Keeps a recording; it survives a closed window from when this resolves. */
export async function keepDraft(
  client: Client,
  to: Address,
  take: { sound: Uint8Array; durationMs: number },
  { interrupted = false, without = [] }: Origin = {},
): Promise<Draft> {
  const { author, re } = to
  // What is not there must not be written as undefined: the store is as strict as its schema.
  const parts = { author, to: [...to.to], ...(re && { re }) }
  const kept = { ...parts, ...take, at: client.now(), leaving: false, interrupted }
  const gone = without.map((key) => ({ key, value: undefined }))
  await client.store.write([{ key: keyOf(to), value: kept }, ...gone])
  client.changed('outbox')
  return kept
}

export async function dropDraft(client: Client, to: Address): Promise<void> {
  await client.store.write([{ key: keyOf(to), value: undefined }])
  client.changed('outbox')
}

/** The recording for this address that waits for a decision, if any. */
export async function draftFor(client: Client, to: Address): Promise<Draft | undefined> {
  const kept = await client.store.get(keyOf(to), draft)
  return kept && undecided(client, kept)
}

/** All recordings that wait for a decision. */
export async function drafts(client: Client): Promise<readonly Draft[]> {
  const kept = await client.store.list(PREFIX, draft)
  const waiting = await Promise.all(kept.map(({ value }) => undecided(client, value)))
  return waiting.filter((one) => one !== undefined)
}

/** Puts a draft into the outbox; when this resolves it is durable there and the draft is gone. */
export async function sendDraft(client: Client, leaving: Draft): Promise<void> {
  const { author, to, re, sound, durationMs } = leaving
  await client.store.write([{ key: keyOf(leaving), value: { ...leaving, leaving: true } }])
  await sendVoice(client, { sound, durationMs, to, author, ...(re && { re }) })
  await dropDraft(client, leaving)
}

/**
 * A window that closed between the outbox and the draft's end leaves both: the draft is dropped
 * when a message of one's own holds the very same sound, so that it goes out once.
 */
async function undecided(client: Client, kept: Draft): Promise<Draft | undefined> {
  if (!kept.leaving) return kept
  for (const { message, from, durationMs } of await messages(client)) {
    if (!from.me || durationMs !== Math.round(kept.durationMs)) continue
    const sent = await sound(client, message)
    if (!sameBytes(sent.sound, kept.sound)) continue
    await dropDraft(client, kept)
    return undefined
  }
  return kept
}
