import { z } from 'zod'
import type { ChildId, MessageId, PrincipalId } from '../protocol/ids.ts'
import type { Client } from './client.ts'
import { readFamily } from './family.ts'
import { entries, type Entry } from './mailbag.ts'
import { messages, type Message } from './messages.ts'
import { members } from './people.ts'
import { eventOf, rules, VERDICTS } from './rulings.ts'
import { approvalFor } from './toy.ts'

/** What the child's screen knows: what was approved for the child, and nothing else. */
export type Post = {
  readonly message: MessageId
  readonly durationMs: number
  /** Nobody has listened to it on the child's screen yet. */
  readonly fresh: boolean
}

export type Speaker = {
  readonly person: PrincipalId
  readonly name: string
  /** The number of the drawn animal that stands for this person, on this device for ever. */
  readonly animal: number
  /** Who hears an answer: the person, or the guardians where the person has no app. */
  readonly answersTo: PrincipalId | 'household'
  /** Oldest first. */
  readonly posts: readonly Post[]
}

/** So many animals are drawn; with more people than that, two share one. */
export const ANIMALS = 8

const APPROVED: ReadonlySet<string> = new Set(['approved', 'in-the-bear', 'played'])

/** Who has something for the child, those with news first, then who spoke last. */
export async function childsPost(client: Client, child: ChildId): Promise<readonly Speaker[]> {
  const approved = await approvedFor(client, child)
  const heard = new Set((await client.store.list(HEARD, z.int())).map(({ key }) => key))
  const people = [...new Set(approved.map(({ from }) => from.person))]
  const animals = await animalsFor(client, people)
  const there = new Map((await members(client)).map((one) => [one.person, one]))
  const speakers = people.map((person): Speaker => {
    const theirs = approved.filter(({ from }) => from.person === person).toReversed()
    return {
      person,
      name: theirs[0]?.from.name ?? '',
      animal: animals.get(person) ?? 0,
      answersTo: there.has(person) ? person : 'household',
      posts: theirs.map(({ message, durationMs }) => ({
        message,
        durationMs,
        fresh: !heard.has(HEARD + message),
      })),
    }
  })
  const shown = speakers.filter(({ person }) => there.get(person)?.paused !== true)
  return shown.toSorted((a, b) => Number(hasNews(b)) - Number(hasNews(a)))
}

/** What was said to a child, stands approved, and was not taken back since; newest first. */
async function approvedFor(client: Client, child: ChildId): Promise<readonly Message[]> {
  const { household } = await readFamily(client)
  const verdicts = (await entries(client)).filter(
    (entry) => VERDICTS.includes(eventOf(entry)) && rules(household, entry),
  )
  const last = new Map(verdicts.map((entry) => [aboutOf(entry), eventOf(entry)]))
  return (await messages(client)).filter(
    ({ message, to, from, state }) =>
      !from.child &&
      to.some((whom) => 'child' in whom && whom.child === child) &&
      APPROVED.has(state) &&
      (last.get(message) ?? 'approved') === 'approved',
  )
}

function aboutOf(entry: Entry): MessageId {
  return entry.kind === 'voice' ? entry.mid : entry.of
}

/** Whether something of theirs was not listened to yet. */
export function hasNews({ posts }: Pick<Speaker, 'posts'>): boolean {
  return posts.some(({ fresh }) => fresh)
}

/**
 * The sound of a message for the child. It comes out of the approval itself, verified anew each time:
 * whatever a list says, nothing else is played. Throws `not-approved`.
 */
export async function childsSound(client: Client, message: MessageId): Promise<Uint8Array> {
  return (await approvalFor(client, message)).voice.sound
}

/**
 * Notes on this device that the child has listened. Nobody is told: it may still wait for the bear.
 */
export async function heardByChild(client: Client, message: MessageId): Promise<void> {
  await client.store.write([{ key: HEARD + message, value: client.now() }])
  client.changed('messages')
}

const HEARD = 'child/heard/'
const ANIMAL = 'child/animal/'

/**
 * Everybody's animal. It follows from the person's id, so that it is usually the same on all of a
 * family's devices; where two would get the same one, the second gets the next that is free. Once
 * given it stays.
 */
async function animalsFor(
  client: Client,
  people: readonly PrincipalId[],
): Promise<ReadonlyMap<PrincipalId, number>> {
  const kept = await client.store.list(ANIMAL, z.int().min(0))
  const given = new Map(kept.map(({ key, value }) => [key.slice(ANIMAL.length), value]))
  const fresh = people.filter((person) => !given.has(person)).toSorted()
  for (const person of fresh) given.set(person, freeAnimal(person, new Set(given.values())))
  await client.store.write(
    fresh.map((person) => ({ key: ANIMAL + person, value: given.get(person) })),
  )
  return new Map(people.map((person) => [person, given.get(person) ?? 0]))
}

/** The animal that an id asks for, or the next one that nobody has. */
export function freeAnimal(person: string, taken: ReadonlySet<number>): number {
  const sum = person.split('').reduce((all, letter) => (all * 31 + letter.charCodeAt(0)) % 9973, 7)
  const wanted = Array.from({ length: ANIMALS }, (_, step) => (sum + step) % ANIMALS)
  return wanted.find((animal) => !taken.has(animal)) ?? sum % ANIMALS
}
