import { z } from 'zod'
import { PawpostError } from '../protocol/errors.ts'
import { childId, type ChildId, type MessageId, type PrincipalId } from '../protocol/ids.ts'
import { readInner } from '../protocol/message/inner.ts'
import type { Body } from '../protocol/message/kinds.ts'
import type { Client } from './client.ts'
import { breaths, breathFrom } from './breath.ts'
import { readFamily, type Family } from './family.ts'
import { isSaving } from './keeping.ts'
import { entries, hiddenHere, originalOf, type Entry, type VoiceEntry } from './mailbag.ts'
import { waiting, type Waiting } from './outbox.ts'
import { childIn, personIn, readProfile, type Profile } from './profile.ts'
import { isPaused, stateOf, type MessageState } from './rulings.ts'
import { joinOgg } from './sound/parts.ts'

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

/** Milliseconds since 1970: when somebody listened. */
const moment = z.int()

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
  const heard = new Set((await client.store.list('heard/', moment)).map(({ key }) => key))
  const hidden = await hiddenHere(client)
  const voices = known.filter(
    (entry): entry is VoiceEntry => entry.kind === 'voice' && !hidden.has(entry.mid),
  )
  const kept = breaths(voices)
    .map(([voice, ...rest]) => ({
      ...describe({ ...voice, durationMs: lengthOf([voice, ...rest]) }, names),
      state: stateOf(voice, about.get(voice.mid) ?? [], rules),
      heard: heard.has(heardKey(voice.mid)) || voice.person === me,
      saved: (about.get(voice.mid) ?? []).some(isSaving),
    }))
    // Who takes a break is not listened to: what they say waits until the break is over.
    .filter(({ from, state }) => from.me || state !== 'waiting' || !isPaused(rules, from.person))
  // A message that arrived just before a crash may still be in the outbox: it is shown once.
  const arrived = new Set(kept.map(({ message }) => message))
  const leaving = breaths((await waiting(client)).flatMap(spoken))
    .filter(([first]) => !arrived.has(first.mid))
    .map((parts) => outgoing(parts, names))
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

/** A voice that waits in the outbox. */
type Outgoing = Body<'voice'> & Pick<Waiting, 'at' | 'failed'> & { readonly mid: MessageId }

function spoken({ content, message: mid, at, failed }: Waiting): readonly Outgoing[] {
  if (content.kind !== 'voice') return []
  return [{ ...content.body, mid, at, ...(failed && { failed }) }]
}

function outgoing(parts: readonly [Outgoing, ...Outgoing[]], names: Names): Message {
  const [voice] = parts
  const said = { ...voice, durationMs: lengthOf(parts), person: names.family.person }
  const state = parts.some(({ failed }) => failed) ? 'failed' : 'sending'
  return { ...describe(said, names), state, heard: true, saved: false }
}

function lengthOf(parts: readonly { readonly durationMs: number }[]): number {
  return parts.reduce((sum, { durationMs }) => sum + durationMs, 0)
}

/**
 * The sound of a message, from this device's own store. Throws `not-found`, and `sound-unreadable` for
 * parts of which no recording can be made.
 */
export async function sound(client: Client, message: MessageId): Promise<Body<'voice'>> {
  return joined((await partsIn(client, message)).map(({ body }) => body))
}

/**
 * The sound of a message in as many files as it takes: one, unless its sender's program made parts
 * that are none of one recording. Throws `not-found`.
 */
export async function sounds(
  client: Client,
  message: MessageId,
): Promise<readonly Body<'voice'>[]> {
  const parts = (await partsIn(client, message)).map(({ body }) => body)
  try {
    return [joined(parts)]
  } catch (error) {
    const isBroken = error instanceof PawpostError && BROKEN.includes(error.code)
    if (!isBroken) throw error
    return parts
  }
}

const BROKEN: readonly string[] = ['sound-unreadable', 'sound-empty']

/** The messages that a recording came in, as far as they are here now. Throws `not-found`. */
export async function partIds(client: Client, message: MessageId): Promise<readonly MessageId[]> {
  return (await partsIn(client, message)).map(({ mid }) => mid)
}

/** The sound of these parts, and of no other one that came since. Throws as {@link sound} does. */
export async function soundOf(client: Client, parts: readonly MessageId[]): Promise<Body<'voice'>> {
  return joined((await bodiesOf(client, parts)).map(({ body }) => body))
}

/** A part with what was said in it. */
type Spoken = { readonly mid: MessageId; readonly body: Body<'voice'> }

async function partsIn(client: Client, message: MessageId): Promise<readonly Spoken[]> {
  const leaving = breaths((await waiting(client)).flatMap(spoken))
  const sent = leaving.find(([{ mid }]) => mid === message)
  if (sent) return sent.map((body) => ({ mid: body.mid, body }))
  const [known] = await bodiesOf(client, [message])
  if (!known) throw new PawpostError('not-found')
  if (!known.body.part) return [known]
  const parts = breathFrom(await entries(client), message).map(({ mid }) => mid)
  return parts.length > 0 ? bodiesOf(client, parts) : [known]
}

async function bodiesOf(client: Client, parts: readonly MessageId[]): Promise<readonly Spoken[]> {
  const bodies = await Promise.all(
    parts.map(async (mid) => ({ mid, body: await originalBody(client, mid) })),
  )
  return bodies.flatMap(({ mid, body }) => (body ? [{ mid, body }] : []))
}

async function originalBody(
  client: Client,
  message: MessageId,
): Promise<Body<'voice'> | undefined> {
  const signed = await originalOf(client, message)
  const inner = signed && readInner(signed.i)
  return inner?.kind === 'voice' ? inner.body : undefined
}

/** One recording out of its parts. */
function joined([first, ...rest]: readonly Body<'voice'>[]): Body<'voice'> {
  if (!first) throw new PawpostError('not-found')
  if (rest.length === 0) return first
  const parts = [first, ...rest]
  const whole = joinOgg(parts.map((part) => part.sound))
  return { ...first, sound: whole, durationMs: lengthOf(parts) }
}

/** Notes on this device that a message was listened to. Nobody else is told. */
export async function heard(client: Client, message: MessageId): Promise<void> {
  await client.store.write([{ key: heardKey(message), value: client.now() }])
  client.changed('messages')
}

function heardKey(message: MessageId): string {
  return `heard/${message}`
}
