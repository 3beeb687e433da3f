import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { ascii, concatBytes } from '../protocol/bytes.ts'
import {
  deviceId,
  householdId,
  messageId,
  principalId,
  type MessageId,
  type PrincipalId,
} from '../protocol/ids.ts'
import type { Household } from '../protocol/log/household.ts'
import type { Inner } from '../protocol/message/inner.ts'
import { voiceId } from './archive/format.ts'
import type { Client } from './client.ts'
import { pad } from './family.ts'
import type { Write } from './store.ts'

const PREFIX = 'keepsake/'
const entry = z.strictObject({
  mid: messageId.schema,
  by: deviceId.schema,
  /** Who brought it. */
  person: principalId.schema,
  from: z.string(),
  child: z.boolean(),
  to: z.string(),
  at: z.int(),
  durationMs: z.int(),
  /** The id under which it was brought, where it was sealed anew since. */
  first: messageId.schema.optional(),
})
/** What this device keeps of a voice out of an archive; its sound lies with those of messages. */
export type KeepsakeEntry = z.infer<typeof entry>

type Keepsake = Extract<Inner, { kind: 'keepsake' }>
type Received = { readonly inner: Keepsake; readonly person: KeepsakeEntry['person'] }

/**
 * What is said decides the id: in one household it is there once, in another one it is another. What a
 * relative brought for themself is not in the way of what the guardians bring.
 */
export function keepsakeId(household: Household, whose: PrincipalId, id: string): MessageId {
  const isShared = whose === household.principal
  const place = isShared ? householdId.bytes(household.id) : principalId.bytes(whose)
  return messageId.from(sha256(concatBytes(place, ascii(id))).slice(0, 16))
}

/** The id under which a voice was brought, whatever it was sealed under since. */
export function firstIdOf(household: Household, { to, mid, body }: Keepsake): MessageId {
  const [whose] = to
  return whose ? keepsakeId(household, whose.pid, voiceId(body)) : mid
}

/** The store's entry for one that came. They sort by when they are said to have been said. */
export function keepsakeWrite(household: Household, { inner, person }: Received): Write {
  const { mid, by, body } = inner
  const { sound: _sound, codec: _codec, ...said } = body
  const first = firstIdOf(household, inner)
  const value = { mid, by, person, ...said, ...(first !== mid && { first }) }
  return { key: `${PREFIX}${pad(body.at)}/${mid}`, value }
}

/** All that are here, the oldest first. */
export async function keepsakeEntries(
  client: Client,
): Promise<readonly { readonly key: string; readonly value: KeepsakeEntry }[]> {
  return client.store.list(PREFIX, entry)
}

/** One of them, with its place in the store: by its id, or by the one under which it was brought. */
export async function findKeepsake(
  client: Client,
  message: MessageId,
): Promise<{ readonly key: string; readonly value: KeepsakeEntry } | undefined> {
  const known = await keepsakeEntries(client)
  return known.find(({ value }) => value.mid === message || value.first === message)
}
