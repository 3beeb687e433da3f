import { PawpostError } from '../protocol/errors.ts'
import type { MessageId, PrincipalId } from '../protocol/ids.ts'
import { membersOf } from '../protocol/log/household.ts'
import type { Client } from './client.ts'
import { partsOf } from './breath.ts'
import { readFamily } from './family.ts'
import { voiceOf } from './judging.ts'
import { entries, hiddenWrite, originalOf, type Entry } from './mailbag.ts'
import { discard, enqueue, waiting } from './outbox.ts'

/**
 * Saves a message for longer than the household keeps messages: a guardian for the household, a
 * relative for themself. What is saved already is not saved again. Throws `not-found`.
 */
export async function save(client: Client, message: MessageId): Promise<void> {
  const { household, person } = await readFamily(client)
  const isGuardian = household.principals.get(person)?.role === 'guardian'
  const to = [isGuardian ? household.principal : person]
  for (const part of await partsHere(client, message)) {
    if ((await savingsOf(client, part)).length === 0) await forward(client, part, to, 'keep')
  }
}

/** Lets go what was saved: it is kept as long as any other message. */
export async function letGo(client: Client, message: MessageId): Promise<void> {
  const { household, person } = await readFamily(client)
  const isGuardian = household.principals.get(person)?.role === 'guardian'
  const to = [isGuardian ? household.principal : person]
  const at = client.now()
  const parts = await partsHere(client, message)
  const savings = await Promise.all(parts.map((part) => savingsOf(client, part)))
  const wishes = savings.flat().map((mid) => ({
    to,
    at,
    content: { kind: 'erase', body: { of: mid } } as const,
  }))
  await enqueue(client, wishes)
}

/** The messages that a recording came in. Throws `not-found`. */
async function partsHere(client: Client, message: MessageId): Promise<readonly MessageId[]> {
  const voice = await voiceOf(client, message)
  return partsOf(await entries(client), voice).map(({ mid }) => mid)
}

/** The messages by which a voice is saved, with what this device is about to say. */
async function savingsOf(client: Client, message: MessageId): Promise<readonly MessageId[]> {
  const leaving = (await waiting(client)).filter(({ failed }) => failed === undefined)
  const letGone = new Set(
    leaving.flatMap(({ content }) => (content.kind === 'erase' ? [content.body.of] : [])),
  )
  const kept = (await entries(client)).filter((entry) => isSaving(entry) && entry.of === message)
  const underWay = leaving.filter(
    ({ content: { kind, body } }) =>
      kind === 'forward' && body.why === 'keep' && body.of === message,
  )
  const savings = new Set([...kept.map(({ mid }) => mid), ...underWay.map((one) => one.message)])
  return [...savings].filter((mid) => !letGone.has(mid))
}

/** A saving, passing on or approval of a voice. */
export type Forwarded = Extract<Entry, { kind: 'forward' }>

/** Whether an entry says that a voice was saved. */
export function isSaving(entry: Entry): entry is Forwarded {
  return entry.kind === 'forward' && entry.why === 'keep'
}

/** Saves a voice once more for the same principal, in its newest epoch. */
export async function saveAgain(
  client: Client,
  message: MessageId,
  of: PrincipalId,
): Promise<void> {
  await forward(client, message, [of], 'keep')
}

/**
 * Saves once more what this person saved in an epoch that somebody closed without doing so, while
 * the voice is still here. Gives the voices that are to stay for it.
 */
export async function rescueSaved(
  client: Client,
  lost: readonly Forwarded[],
): Promise<ReadonlySet<MessageId>> {
  const underWay = await savesUnderWay(client)
  const rescued = new Set<MessageId>()
  for (const { mid, of, to } of lost) {
    const [saver] = to
    const stands = underWay.has(of) || (await savingsOf(client, of)).includes(mid)
    if (!stands || !saver) continue
    if (!underWay.has(of) && !rescued.has(of)) await saveAgain(client, of, saver.pid)
    rescued.add(of)
  }
  return rescued
}

/** How long a save that was refused lies before it is tried anew. */
const REFUSED_MS = 24 * 60 * 60 * 1000

/**
 * The voices that are about to be saved: in the outbox. One that the server refused, for want of room
 * perhaps, counts for a day; then it makes way for another try.
 */
export async function savesUnderWay(client: Client): Promise<ReadonlySet<MessageId>> {
  const saves = (await waiting(client)).filter(
    ({ content: { kind, body } }) => kind === 'forward' && body.why === 'keep',
  )
  const over = saves.filter(({ failed, at }) => failed && at <= client.now() - REFUSED_MS)
  for (const { message } of over) await discard(client, message)
  const standing = saves.filter((save) => !over.includes(save))
  return new Set(
    standing.flatMap(({ content }) => (content.kind === 'forward' ? [content.body.of] : [])),
  )
}

/**
 * Passes a voice on to a member, as it was said: a guardian's to do. Throws `not-found` for a voice
 * or member that is not there, and `device-refused` for others than guardians.
 */
export async function share(client: Client, message: MessageId, to: PrincipalId): Promise<void> {
  const { household, person } = await readFamily(client)
  const isGuardian = household.principals.get(person)?.role === 'guardian'
  if (!isGuardian) throw new PawpostError('device-refused')
  const isThere = membersOf(household).some(({ id }) => id === to)
  if (!isThere) throw new PawpostError('not-found')
  for (const part of await partsHere(client, message)) {
    await forward(client, part, [household.principal, to], 'share')
  }
}

async function forward(
  client: Client,
  of: MessageId,
  to: readonly PrincipalId[],
  why: 'keep' | 'share',
): Promise<void> {
  const original = await originalOf(client, of)
  if (!original) throw new PawpostError('not-found')
  const content = { kind: 'forward', body: { of, why, original } } as const
  await enqueue(client, [{ to, at: client.now(), content }])
}

/** Hides a message on all devices of this person; everybody else keeps it. */
export async function hide(client: Client, message: MessageId): Promise<void> {
  const { person } = await readFamily(client)
  const at = client.now()
  const parts = await partsHere(client, message)
  const letters = parts.map((of) => ({
    to: [person],
    at,
    content: { kind: 'hide', body: { of } } as const,
  }))
  await enqueue(
    client,
    letters,
    parts.map((part) => hiddenWrite(part, at)),
  )
  client.changed('messages')
}
