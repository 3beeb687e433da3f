import { sha256 } from '@noble/hashes/sha2.js'
import { ascii, concatBytes } from '../protocol/bytes.ts'
import { PawpostError } from '../protocol/errors.ts'
import { messageId, type MessageId, type PrincipalId } from '../protocol/ids.ts'
import { readInner } from '../protocol/message/inner.ts'
import type { Body } from '../protocol/message/kinds.ts'
import type { Client } from './client.ts'
import { readFamily } from './family.ts'
import {
  findKeepsake,
  firstIdOf,
  keepsakeEntries,
  keepsakeId,
  type KeepsakeEntry,
} from './keepsake-entries.ts'
import { originalOf, wasSeen } from './mailbag.ts'
import { discard, enqueue, waiting, type Letter } from './outbox.ts'

/**
 * Voices that somebody brought along in an archive. Who said them, and when, is what the archive
 * says: no log of this family vouches for it, so they stand apart from its messages.
 */

/** A voice out of an archive, as a list shows it. */
export type Keepsake = Omit<KeepsakeEntry, 'mid' | 'by' | 'first'> & {
  readonly message: MessageId
}

/** The voices out of archives that this device has, the newest first. */
export async function keepsakes(client: Client): Promise<readonly Keepsake[]> {
  const known = await keepsakeEntries(client)
  return known
    .map(({ value: { mid, by: _by, first: _first, ...rest } }) => ({ ...rest, message: mid }))
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
  const whose = isGuardian ? household.principal : person
  const going = new Set((await waiting(client)).map(({ message }) => message))
  const letters = new Map<MessageId, Letter>()
  const added = new Set<string>()
  for (const { id, ...body } of voices) {
    const mid = keepsakeId(household, whose, id)
    if (going.has(mid) || (await isKnown(client, mid))) continue
    added.add(id)
    letters.set(mid, { mid, to: [whose], at: client.now(), content: { kind: 'keepsake', body } })
  }
  if (letters.size > 0) await enqueue(client, [...letters.values()])
  return added
}

/** Whether it was brought here before, under this id or, since it was sealed anew, under another. */
async function isKnown(client: Client, first: MessageId): Promise<boolean> {
  return (await wasSeen(client, first)) || (await findKeepsake(client, first)) !== undefined
}

/** So many are sealed anew before they are sent and the next ones are read. */
const BATCH = 16

/**
 * Seals anew, in an epoch that stands, what was brought along and lies in one that is about to be
 * closed. False while something of it is still on its way: nothing is closed before.
 */
export async function keepBrought(
  client: Client,
  of: PrincipalId,
  below: number,
): Promise<boolean> {
  const leaving = await broughtBelow(client, of, below)
  const going = await onTheWay(client)
  const letters = leaving.filter(({ mid }) => !going.has(mid)).slice(0, BATCH)
  if (letters.length > 0) await enqueue(client, letters)
  return leaving.length === 0
}

/** How long one that was refused, for want of room perhaps, lies before it is tried anew. */
const REFUSED_MS = 24 * 60 * 60 * 1000

async function onTheWay(client: Client): Promise<ReadonlySet<MessageId>> {
  const kept = (await waiting(client)).filter(({ content }) => content.kind === 'keepsake')
  const over = kept.filter(({ failed, at }) => failed && at <= client.now() - REFUSED_MS)
  for (const { message } of over) await discard(client, message)
  return new Set(kept.filter((one) => !over.includes(one)).map(({ message }) => message))
}

type Sealing = Letter & { readonly mid: MessageId }

async function broughtBelow(
  client: Client,
  of: PrincipalId,
  below: number,
): Promise<readonly Sealing[]> {
  const at = client.now()
  const { household } = await readFamily(client)
  const letters: Sealing[] = []
  for (const { value } of await keepsakeEntries(client)) {
    const signed = await originalOf(client, value.mid)
    const inner = signed && readInner(signed.i)
    if (inner?.kind !== 'keepsake') continue
    const isOver = inner.to.some(({ pid, epoch }) => pid === of && epoch < below)
    if (!isOver) continue
    const mid = sealedAnewId(firstIdOf(household, inner), below)
    letters.push({ mid, to: [of], at, content: { kind: 'keepsake', body: inner.body } })
  }
  return letters
}

/** The same on all phones that do it at the same time: of two, one comes first. */
function sealedAnewId(first: MessageId, below: number): MessageId {
  const parts = concatBytes(messageId.bytes(first), ascii(`/${below}`))
  return messageId.from(sha256(parts).slice(0, 16))
}

/** Forgets a voice out of an archive, for everybody who has it from here. Throws `not-found`. */
export async function dropKeepsake(client: Client, message: MessageId): Promise<void> {
  const { household, person } = await readFamily(client)
  const found = await findKeepsake(client, message)
  if (!found) throw new PawpostError('not-found')
  const isGuardian = household.principals.get(person)?.role === 'guardian'
  const to = [isGuardian ? household.principal : person]
  const at = client.now()
  // Somebody may be sealing it anew just now: what comes of that answers to its first id.
  const ids = new Set([found.value.mid, found.value.first ?? found.value.mid])
  const wishes = [...ids].map((of) => ({
    to,
    at,
    content: { kind: 'erase', body: { of } } as const,
  }))
  await enqueue(client, wishes)
}
