import { sha256 } from '@noble/hashes/sha2.js'
import { ascii, concatBytes } from '../protocol/bytes.ts'
import { PawpostError } from '../protocol/errors.ts'
import { householdId, messageId, type HouseholdId, type MessageId } from '../protocol/ids.ts'
import { readInner } from '../protocol/message/inner.ts'
import type { Body } from '../protocol/message/kinds.ts'
import type { Client } from './client.ts'
import { readFamily } from './family.ts'
import { findKeepsake, keepsakeEntries, type KeepsakeEntry } from './keepsake-entries.ts'
import { originalOf, wasSeen } from './mailbag.ts'
import { enqueue, waiting, type Letter } from './outbox.ts'

/**
 * Voices that somebody brought along in an archive. Who said them, and when, is what the archive
 * says: no log of this family vouches for it, so they stand apart from its messages.
 */

/** A voice out of an archive, as a list shows it. */
export type Keepsake = Omit<KeepsakeEntry, 'mid' | 'by'> & { readonly message: MessageId }

/** The voices out of archives that this device has, the newest first. */
export async function keepsakes(client: Client): Promise<readonly Keepsake[]> {
  const known = await keepsakeEntries(client)
  return known
    .map(({ value: { mid, by: _by, ...rest } }) => ({ ...rest, message: mid }))
    .toReversed()
}

/** The sound of one. Throws `not-found`. */
export async function keepsakeSound(client: Client, message: MessageId): Promise<Body<'keepsake'>> {
  const signed = await originalOf(client, message)
  const inner = signed && readInner(signed.i)
  if (inner?.kind !== 'keepsake') throw new PawpostError('not-found')
  return inner.body
}

/**
 * Keeps voices out of an archive: for the household, or, by a relative, for themself. One that is
 * here already, or on its way, is not brought again. Gives the ids of those that are new.
 */
export async function bring(
  client: Client,
  voices: readonly (Body<'keepsake'> & { readonly id: string })[],
): Promise<ReadonlySet<string>> {
  const { household, person } = await readFamily(client)
  const isGuardian = household.principals.get(person)?.role === 'guardian'
  const to = [isGuardian ? household.principal : person]
  const going = new Set((await waiting(client)).map(({ message }) => message))
  const letters = new Map<MessageId, Letter>()
  const added = new Set<string>()
  for (const { id, ...body } of voices) {
    const mid = keepsakeId(household.id, id)
    if (going.has(mid) || (await wasSeen(client, mid))) continue
    added.add(id)
    letters.set(mid, { mid, to, at: client.now(), content: { kind: 'keepsake', body } })
  }
  if (letters.size > 0) await enqueue(client, [...letters.values()])
  return added
}

/** What is said decides the id: in one household it is there once, in another one it is another. */
function keepsakeId(household: HouseholdId, id: string): MessageId {
  const parts = concatBytes(householdId.bytes(household), ascii(id))
  return messageId.from(sha256(parts).slice(0, 16))
}

/** Forgets a voice out of an archive, for everybody who has it from here. Throws `not-found`. */
export async function dropKeepsake(client: Client, message: MessageId): Promise<void> {
  const { household, person } = await readFamily(client)
  const found = await findKeepsake(client, message)
  if (!found) throw new PawpostError('not-found')
  const isGuardian = household.principals.get(person)?.role === 'guardian'
  const to = [isGuardian ? household.principal : person]
  const content = { kind: 'erase', body: { of: message } } as const
  await enqueue(client, [{ to, at: client.now(), content }])
}
