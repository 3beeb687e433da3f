import { randomBytes } from '../keys/device.ts'
import { PawpostError } from '../protocol/errors.ts'
import { childId, type ChildId, type MessageId, type PrincipalId } from '../protocol/ids.ts'
import { childrenOf, membersOf, type Household } from '../protocol/log/household.ts'
import type { Body } from '../protocol/message/kinds.ts'
import type { Client } from './client.ts'
import { readFamily, type Family } from './family.ts'
import { enqueue, type Letter } from './outbox.ts'
import { readProfile } from './profile.ts'
import { isPaused } from './rulings.ts'
import { PART_MS, splitOgg } from './sound/parts.ts'

export type Recording = {
  /** Ogg Opus, mono. */
  readonly sound: Uint8Array
  readonly durationMs: number
  /** What an original toy recorded, as it came: its codec is unknown, so it is only kept. */
  readonly raw?: Uint8Array
}

/** The longest recording an original toy takes, and the longest between people. */
export const CHILD_MS = 39_000
export const PEOPLE_MS = 300_000

/** Whom a voice is meant for; `child` where there is but one, `household` for the guardians. */
export type Whom = 'child' | 'household' | ChildId | PrincipalId

export type Voice = Recording & {
  readonly to: Whom | readonly Whom[]
  /** Whose voice it is, if it is not the sender's: a child's, `child` where there is but one. */
  readonly author?: 'sender' | 'child' | ChildId
  /** The message it answers. */
  readonly re?: MessageId
}

/**
 * Puts a recording into the outbox; it is durable and encrypted when this resolves, and goes out by
 * itself. From a relative it goes to the household, where a guardian approves it for the child.
 * Throws `bad-request` (`child`) for `child` where there are several, or none, and for a child that no
 * consent stands for; `device-refused` (`paused`) while the guardians let this person take a break.
 */
export async function sendVoice(client: Client, voice: Voice): Promise<{ message: MessageId }> {
  const family = await readFamily(client)
  const { household, person } = family
  if (isPaused({ household, profile: await readProfile(client) }, person)) {
    throw new PawpostError('device-refused', 'paused')
  }
  const wanted = typeof voice.to === 'string' ? [voice.to] : voice.to
  const meant = [...new Set(wanted.map((whom) => resolved(household, whom)))]
  const { author = 'sender' } = voice
  demandLength(voice, meant)
  const said: Omit<Body<'voice'>, keyof Sound> = {
    author: author === 'sender' ? author : resolvedChild(household, author),
    for: meant,
    codec: 'opus/ogg',
    ...(voice.raw && { raw: { codec: 'sonix-msadpcm/raw', bytes: voice.raw } }),
    ...(voice.re && { re: voice.re }),
  }
  const to = addressees(family, meant)
  const at = client.now()
  const letters = inParts(voice).map((part): Letter => {
    const body: Body<'voice'> = { ...said, ...part }
    return { to, at, content: { kind: 'voice', body } }
  })
  const [message] = await enqueue(client, letters)
  if (!message) throw new PawpostError('internal')
  return { message }
}

type Sound = Pick<Body<'voice'>, 'sound' | 'durationMs' | 'part'>

/** A recording that is too long for one message, as several. */
function inParts({ sound, durationMs }: Recording): readonly Sound[] {
  if (durationMs <= PART_MS) return [{ sound, durationMs: Math.round(durationMs) }]
  const parts = splitOgg(sound)
  const set = randomBytes(16)
  return parts.map((part, at) => ({ ...part, part: { set, at, of: parts.length } }))
}

function demandLength({ sound, durationMs }: Recording, meant: Body<'voice'>['for']): void {
  const limit = meant.some(childId.is) ? CHILD_MS : PEOPLE_MS
  if (durationMs > limit + 1000) throw new PawpostError('sound-too-long')
  if (durationMs < 1 || sound.length === 0) throw new PawpostError('sound-empty')
}

function resolved(household: Household, whom: Whom): ChildId | PrincipalId {
  if (whom === 'household') return household.principal
  if (whom === 'child') return resolvedChild(household, 'child')
  return childId.is(whom) ? resolvedChild(household, whom) : whom
}

function resolvedChild(household: Household, whom: 'child' | ChildId): ChildId {
  const consented = childrenOf(household)
  const [child, another] = whom === 'child' ? consented : consented.filter(({ id }) => id === whom)
  if (!child || another) throw new PawpostError('bad-request', 'child')
  return child.id
}

/** The principals a voice is sealed to: never "the family", always by name. */
function addressees(
  { household, person }: Family,
  meant: Body<'voice'>['for'],
): readonly PrincipalId[] {
  const role = household.principals.get(person)?.role
  if (role === 'relative') return [household.principal, person]
  const toys = meant.some(childId.is) ? toysOf(household) : []
  const people = meant.filter((whom): whom is PrincipalId => !childId.is(whom))
  return [...new Set([household.principal, ...toys, ...people])]
}

/** The toys that hold keys of their own. */
export function toysOf(household: Household): readonly PrincipalId[] {
  return membersOf(household)
    .filter(({ role }) => role === 'toy')
    .map(({ id }) => id)
}
