import { z } from 'zod'
import { PawpostError } from '../protocol/errors.ts'
import { childId, type ChildId, type MessageId, type PrincipalId } from '../protocol/ids.ts'
import { readInner } from '../protocol/message/inner.ts'
import type { Body } from '../protocol/message/kinds.ts'
import type { Client } from './client.ts'
import { readFamily, type Family } from './family.ts'
import { isSaving } from './keeping.ts'
import { entries, hiddenHere, originalOf, type Entry, type VoiceEntry } from './mailbag.ts'
import { waiting, type Waiting } from './outbox.ts'
import { childIn, personIn, readProfile, type Profile } from './profile.ts'
import { stateOf, type MessageState } from './rulings.ts'

/** Whom a message is meant for. */
export type Recipient =
  | { readonly child: ChildId; readonly name: string }
  | { readonly person: PrincipalId; readonly name: string }

export type Message = {
  readonly message: MessageId
  readonly kind: 'voice'
  readonly from: {
    readonly person: PrincipalId
    readonly name: string
    readonly me: boolean
    /** Spoken through a link for an old phone. */
    readonly byLink?: true
    /** The child whose own voice it is, recorded by `person`. */
    readonly child?: { readonly child: ChildId; readonly name: string }
  }
  readonly to: readonly Recipient[]
  readonly at: number
  readonly durationMs: number
  readonly state: MessageState
  readonly heard: boolean
  /** Kept for longer than the household keeps messages. */
  readonly saved: boolean
  /** The message it answers. */
  readonly re?: MessageId
}

/** Whether a message is meant for a child's ears. */
export function isForChild({ to }: Pick<Message, 'to'>): boolean {
  return to.some((whom) => 'child' in whom)
}

/** All voice messages this device knows, newest first, those in the outbox included. */
export async function messages(client: Client): Promise<readonly Message[]> {
  const names = { family: await readFamily(client), profile: await readProfile(client) }
  const { household, person: me } = names.family
  const rules = { household, profile: names.profile }
  const known = await entries(client)
  const about = Map.groupBy(known.filter(isAbout), ({ of }) => of)
  const heard = new Set((await client.store.list('heard/', z.int())).map(({ key }) => key))
  const hidden = await hiddenHere(client)
  const kept = known
    .filter((entry): entry is VoiceEntry => entry.kind === 'voice' && !hidden.has(entry.mid))
    .map((voice) => ({
      ...describe(voice, names),
      state: stateOf(voice, about.get(voice.mid) ?? [], rules),
      heard: heard.has(heardKey(voice.mid)) || voice.person === me,
      saved: (about.get(voice.mid) ?? []).some(isSaving),
    }))
    .filter(({ from, state }) => from.me || state !== 'waiting' || !isPaused(names, from.person))
  // A message that arrived just before a crash may still be in the outbox: it is shown once.
  const arrived = new Set(kept.map(({ message }) => message))
  const leaving = (await waiting(client))
    .filter(({ message }) => !arrived.has(message))
    .flatMap((item) => outgoing(item, names))
  // Both are in the order they were said: a stable sort keeps it within a millisecond.
  return [...kept, ...leaving].sort((a, b) => a.at - b.at).toReversed()
}

function isAbout(entry: Entry): entry is Exclude<Entry, VoiceEntry> {
  return entry.kind !== 'voice'
}

type Names = { readonly family: Family; readonly profile: Profile | undefined }

function recipient({ profile }: Names, whom: ChildId | PrincipalId): Recipient {
  if (childId.is(whom)) return { child: whom, name: childIn(profile, whom)?.name ?? '' }
  return { person: whom, name: personIn(profile, whom)?.name ?? '' }
}

/** Who takes a break is not listened to: what they say waits until the break is over. */
function isPaused({ profile }: Names, person: PrincipalId): boolean {
  return personIn(profile, person)?.paused === true
}

type Described = Pick<VoiceEntry, 'mid' | 'person' | 'at' | 'author' | 'for' | 'durationMs' | 're'>

function describe(voice: Described, names: Names): Omit<Message, 'state' | 'heard' | 'saved'> {
  const { person, at, durationMs, author, re } = voice
  const { name } = recipient(names, person)
  const child =
    author === 'sender' ? undefined : { child: author, name: recipient(names, author).name }
  const me = person === names.family.person
  const byLink = names.family.household.principals.get(person)?.role === 'box'
  return {
    message: voice.mid,
    kind: 'voice',
    from: { person, name, me, ...(byLink && { byLink }), ...(child && { child }) },
    to: voice.for.map((whom) => recipient(names, whom)),
    at,
    durationMs,
    ...(re && { re }),
  }
}

function outgoing(item: Waiting, names: Names): readonly Message[] {
  if (item.content.kind !== 'voice') return []
  const { message: mid, at } = item
  const voice = { ...item.content.body, mid, at, person: names.family.person }
  const state = item.failed ? 'failed' : 'sending'
  return [{ ...describe(voice, names), state, heard: true, saved: false }]
}

/** The sound of a message, from this device's own store. Throws `not-found`. */
export async function sound(client: Client, message: MessageId): Promise<Body<'voice'>> {
  const waitingHere = (await waiting(client)).find((item) => item.message === message)
  if (waitingHere?.content.kind === 'voice') return waitingHere.content.body
  const signed = await originalOf(client, message)
  const inner = signed && readInner(signed.i)
  if (inner?.kind !== 'voice') throw new PawpostError('not-found')
  return inner.body
}

/** Notes on this device that a message was listened to. Nobody else is told. */
export async function heard(client: Client, message: MessageId): Promise<void> {
  await client.store.write([{ key: heardKey(message), value: client.now() }])
  client.changed('messages')
}

function heardKey(message: MessageId): string {
  return `heard/${message}`
}
