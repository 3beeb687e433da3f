import { z } from 'zod'
import { PawpostError } from '../protocol/errors.ts'
import type { MessageId, PrincipalId } from '../protocol/ids.ts'
import { membersOf, type Household } from '../protocol/log/household.ts'
import { readInner } from '../protocol/message/inner.ts'
import type { Body, Content } from '../protocol/message/kinds.ts'
import type { Client } from './client.ts'
import { readFamily, type Family } from './family.ts'
import { entries, originalOf, type VoiceEntry } from './mailbag.ts'
import { enqueue, waiting, type Letter, type Waiting } from './outbox.ts'
import { readProfile, type Profile } from './profile.ts'
import { eventOf, rules, stateOf, type MessageState } from './rulings.ts'

export type Message = {
  readonly message: MessageId
  readonly kind: 'voice'
  readonly from: {
    readonly person: PrincipalId
    readonly name: string
    readonly me: boolean
    /** The child's own voice, recorded by `person`. */
    readonly child: boolean
  }
  readonly to: 'child' | { readonly person: PrincipalId; readonly name: string }
  readonly at: number
  readonly durationMs: number
  readonly state: MessageState
  readonly heard: boolean
}

export type Recording = {
  /** Ogg Opus, mono. */
  readonly sound: Uint8Array
  readonly durationMs: number
  /** What an original toy recorded, as it came: its codec is unknown, so it is only kept. */
  readonly raw?: Uint8Array
}

/** The longest recording an original toy takes, and the longest between people. */
export const CHILD_MS = 39_000
export const PEOPLE_MS = 120_000

/**
 * Puts a recording into the outbox; it is durable and encrypted when this resolves, and goes out by
 * itself. From a relative it goes to the household, where a guardian approves it for the child.
 */
export async function sendVoice(
  client: Client,
  voice: Recording & { to: 'child' | 'household' | PrincipalId; author?: 'sender' | 'child' },
): Promise<{ message: MessageId }> {
  const family = await readFamily(client)
  const whom = voice.to === 'household' ? family.household.principal : voice.to
  const limit = whom === 'child' ? CHILD_MS + 1000 : PEOPLE_MS + 1000
  if (voice.durationMs > limit) throw new PawpostError('sound-too-long')
  if (voice.durationMs < 1 || voice.sound.length === 0) throw new PawpostError('sound-empty')
  const body: Body<'voice'> = {
    author: voice.author ?? 'sender',
    for: whom,
    codec: 'opus/ogg',
    durationMs: Math.round(voice.durationMs),
    sound: voice.sound,
    ...(voice.raw && { raw: { codec: 'sonix-msadpcm/raw', bytes: voice.raw } }),
  }
  const content: Content = { kind: 'voice', body }
  const [message] = await enqueue(client, [
    { to: addressees(family, whom), at: client.now(), content },
  ])
  if (!message) throw new PawpostError('internal')
  return { message }
}

/** The principals a voice is sealed to: never "the family", always by name. */
function addressees(family: Family, whom: 'child' | PrincipalId): readonly PrincipalId[] {
  const { household, person } = family
  const role = household.principals.get(person)?.role
  if (role === 'relative') return [household.principal, person]
  if (whom === 'child') return [household.principal, ...toysOf(household)]
  return [...new Set([household.principal, whom])]
}

function toysOf(household: Household): readonly PrincipalId[] {
  return membersOf(household)
    .filter(({ role }) => role === 'toy')
    .map(({ id }) => id)
}

/** All voice messages this device knows, newest first, those in the outbox included. */
export async function messages(client: Client): Promise<readonly Message[]> {
  const family = await readFamily(client)
  const profile = await readProfile(client)
  const known = await entries(client)
  const heard = new Set((await client.store.list('heard/', z.int())).map(({ key }) => key))
  const name = (person: PrincipalId): string => nameOf(family, profile, person)
  const kept = known
    .filter((entry): entry is VoiceEntry => entry.kind === 'voice')
    .map((voice) => ({
      ...describe(voice, family.person, name),
      state: stateOf(voice, known, family.household),
      heard: heard.has(heardKey(voice.mid)) || voice.person === family.person,
    }))
  // A message that arrived just before a crash may still be in the outbox: it is shown once.
  const arrived = new Set(kept.map(({ message }) => message))
  const leaving = (await waiting(client))
    .filter(({ message }) => !arrived.has(message))
    .flatMap((item) => outgoing(item, family, name))
  // Both are in the order they were said: a stable sort keeps it within a millisecond.
  return [...kept, ...leaving].sort((a, b) => a.at - b.at).toReversed()
}

type Named = (person: PrincipalId) => string

function nameOf(family: Family, profile: Profile | undefined, person: PrincipalId): string {
  return profile?.people.find((one) => one.person === person)?.name ?? ''
}

function describe(
  voice: Pick<VoiceEntry, 'mid' | 'person' | 'at' | 'author' | 'for' | 'durationMs'>,
  me: PrincipalId,
  name: Named,
): Omit<Message, 'state' | 'heard'> {
  const { person, at, durationMs } = voice
  const child = voice.author === 'child'
  return {
    message: voice.mid,
    kind: 'voice',
    from: { person, name: name(person), me: person === me, child },
    to: voice.for === 'child' ? 'child' : { person: voice.for, name: name(voice.for) },
    at,
    durationMs,
  }
}

function outgoing(item: Waiting, family: Family, name: Named): readonly Message[] {
  if (item.content.kind !== 'voice') return []
  const { author, for: whom, durationMs } = item.content.body
  const { message: mid, at } = item
  const person = family.person
  const voice = { mid, person, at, author, for: whom, durationMs }
  const state = item.failed ? 'failed' : 'sending'
  return [{ ...describe(voice, person, name), state, heard: true }]
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

/**
 * Approves a relative's message: the signed forward that releases it towards the toy. What is
 * approved stays as it is: who was interrupted can say it again, and the toy gets it once.
 */
export async function approve(client: Client, message: MessageId): Promise<void> {
  const { family, voice } = await judged(client, message)
  if ((await lastVerdict(client, family, message)) === 'approved') return
  const original = await originalOf(client, message)
  if (!original) throw new PawpostError('not-found')
  const at = client.now()
  const to = [family.household.principal, ...toysOf(family.household)]
  const forward: Letter = {
    to,
    at,
    content: { kind: 'forward', body: { of: message, original } },
  }
  const told: Letter = {
    to: [voice.person],
    at,
    content: { kind: 'receipt', body: { of: message, event: 'approved' } },
  }
  const isThere = family.household.principals.get(voice.person)?.until === undefined
  await enqueue(client, isThere ? [forward, told] : [forward])
}

/** Turns a relative's message down: the toy will never get it. Once more changes nothing. */
export async function reject(client: Client, message: MessageId): Promise<void> {
  const { family, voice } = await judged(client, message)
  if ((await lastVerdict(client, family, message)) === 'rejected') return
  await enqueue(client, [receipt(client, family, voice, 'rejected')])
}

/** Tells the household and the sender what happened to a message, unless they were told. */
export async function tellEvent(
  client: Client,
  message: MessageId,
  event: Body<'receipt'>['event'],
): Promise<void> {
  const family = await readFamily(client)
  const voice = await voiceOf(client, message)
  if ((await toldOf(client, family, message)).includes(event)) return
  await enqueue(client, [receipt(client, family, voice, event)])
}

/** What guardians (and toys) last ruled about a message, this device's outbox included. */
async function lastVerdict(
  client: Client,
  family: Family,
  message: MessageId,
): Promise<string | undefined> {
  const told = await toldOf(client, family, message)
  return told.findLast((event) => event === 'approved' || event === 'rejected')
}

/** What was told of a message, oldest first; last what this device will tell. */
async function toldOf(
  client: Client,
  { household, device }: Family,
  message: MessageId,
): Promise<readonly string[]> {
  const kept = (await entries(client)).filter(
    (entry) => entry.kind !== 'voice' && entry.of === message,
  )
  const believed = kept.filter((entry) => entry.by === device.id || rules(household, entry))
  const leaving = (await waiting(client)).filter(({ failed }) => failed === undefined)
  return [...believed.map(eventOf), ...leaving.flatMap(({ content }) => saysOf(content, message))]
}

function saysOf({ kind, body }: Content, message: MessageId): readonly string[] {
  if (kind === 'forward' && body.of === message) return ['approved']
  return kind === 'receipt' && body.of === message ? [body.event] : []
}

function receipt(
  client: Client,
  { household }: Family,
  voice: VoiceEntry,
  event: Body<'receipt'>['event'],
): Letter {
  const told = household.principals.get(voice.person)?.until === undefined
  const to = told ? [household.principal, voice.person] : [household.principal]
  const content: Content = { kind: 'receipt', body: { of: voice.mid, event } }
  return { to, at: client.now(), content }
}

async function judged(
  client: Client,
  message: MessageId,
): Promise<{ family: Family; voice: VoiceEntry }> {
  const family = await readFamily(client)
  if (family.household.principals.get(family.person)?.role !== 'guardian') {
    throw new PawpostError('device-refused')
  }
  return { family, voice: await voiceOf(client, message) }
}

async function voiceOf(client: Client, message: MessageId): Promise<VoiceEntry> {
  const found = (await entries(client)).find((entry) => entry.mid === message)
  if (found?.kind !== 'voice') throw new PawpostError('not-found')
  return found
}
