import { z } from 'zod'
import { PawpostError } from '../protocol/errors.ts'
import { messageId, type MessageId, type PrincipalId } from '../protocol/ids.ts'
import { childsSound } from './childs-post.ts'
import type { Client } from './client.ts'
import { isForChild, messages, partIds, soundOf, type Message } from './messages.ts'

/**
 * The child's bookshelf: voice messages that a guardian put there, on this device. To put one there is
 * a guardian's word that the child may hear it; what waits for approval, or was turned down, cannot be
 * put there, and what is turned down later is there no more. What the speaker adds to it later, the
 * guardian has not heard: the shelf has what was there when it was put there.
 */
export type Story = {
  readonly message: MessageId
  readonly person: PrincipalId
  readonly name: string
  readonly at: number
  readonly durationMs: number
}

const SHELF = 'shelf/'
/** `parts` is missing where a shelf is older than it: then it is the message itself. */
const mark = z.strictObject({ at: z.int(), parts: z.array(messageId.schema).optional() })

/** What may stand on the shelf: what arrived, and nobody still has to listen to. */
const ALLOWED: ReadonlySet<string> = new Set(['approved', 'in-the-bear', 'played', 'delivered'])

/** Whether a message may stand on the shelf. */
export function canBeStory({ from, state }: Message): boolean {
  return !from.child && ALLOWED.has(state)
}

/** The stories on the shelf, the newest mark last: a book keeps its place. */
export async function stories(client: Client): Promise<readonly Story[]> {
  const marks = await client.store.list(SHELF, mark)
  const put = new Map(marks.map(({ key, value }) => [key.slice(SHELF.length), value.at]))
  const there = (await messages(client)).filter(
    (message) => put.has(message.message) && canBeStory(message),
  )
  const at = (message: MessageId): number => put.get(message) ?? 0
  return there
    .toSorted((a, b) => at(a.message) - at(b.message))
    .map(({ message, from, at, durationMs }) => {
      return { message, person: from.person, name: from.name, at, durationMs }
    })
}

/** Puts a message on the shelf. Throws `not-found`, or `not-approved` for what may not be there. */
export async function putOnShelf(client: Client, message: MessageId): Promise<void> {
  const found = (await messages(client)).find((one) => one.message === message)
  if (!found) throw new PawpostError('not-found')
  if (!canBeStory(found)) throw new PawpostError('not-approved', 'not-for-the-shelf')
  const parts = [...(await partIds(client, message))]
  await client.store.write([{ key: SHELF + message, value: { at: client.now(), parts } }])
  client.changed('messages')
}

/** Takes a message off the shelf; the message itself stays. */
export async function takeOffShelf(client: Client, message: MessageId): Promise<void> {
  await client.store.write([{ key: SHELF + message, value: undefined }])
  client.changed('messages')
}

/**
 * The sound of a story that is on the shelf now. One that was said to the child comes out of its
 * approval, verified anew. Throws `not-approved` for anything else.
 */
export async function storySound(client: Client, message: MessageId): Promise<Uint8Array> {
  const isThere = (await stories(client)).some((story) => story.message === message)
  if (!isThere) throw new PawpostError('not-approved', 'not-on-the-shelf')
  const said = (await messages(client)).find((one) => one.message === message)
  if (said && isForChild(said)) return childsSound(client, message)
  const parts = (await client.store.get(SHELF + message, mark))?.parts ?? [message]
  return (await soundOf(client, parts)).sound
}
