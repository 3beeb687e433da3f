import { z } from 'zod'
import type { Client } from '../../client/client.ts'
import { messages, sound } from '../../client/messages.ts'
import { sendVoice } from '../../client/voices.ts'
import { bytes } from '../../protocol/cbor.ts'
import { sameBytes } from '../../protocol/bytes.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { childId, principalId } from '../../protocol/ids.ts'

const PREFIX = 'draft/'

const address = z.strictObject({
  author: z.union([z.enum(['sender', 'child']), childId.schema]),
  to: z.union([z.enum(['child', 'household']), childId.schema, principalId.schema]),
})

/** Whose voice it is, and for whom. */
export type Address = z.infer<typeof address>

const draft = z.strictObject({
  ...address.shape,
  sound: bytes(1, 1 << 20),
  durationMs: z.int().min(1),
  at: z.int(),
  /** Set from just before it goes into the outbox: it may be there already. */
  leaving: z.boolean(),
})

/** A recording that was stopped and not sent yet: kept, encrypted, until the person decides. */
export type Draft = z.infer<typeof draft>

/** An address out of a path. Throws `not-found` for what is none. */
export function readAddress(parts: { author: string; to: string }): Address {
  const parsed = address.safeParse(parts)
  if (!parsed.success) throw new PawpostError('not-found')
  return parsed.data
}

function keyOf({ author, to }: Address): string {
  return `${PREFIX}${author}/${to}`
}

/** Keeps a recording; it survives a closed window from when this resolves. */
export async function keepDraft(
  client: Client,
  to: Address,
  take: { sound: Uint8Array; durationMs: number },
): Promise<Draft> {
  const kept = { ...to, ...take, at: client.now(), leaving: false }
  await client.store.write([{ key: keyOf(to), value: kept }])
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
  const { author, to, sound, durationMs } = leaving
  await client.store.write([{ key: keyOf(leaving), value: { ...leaving, leaving: true } }])
  await sendVoice(client, { sound, durationMs, to, author })
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
