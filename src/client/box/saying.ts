import { z } from 'zod'
import { randomBytes } from '../../keys/device.ts'
import type { BoxLink } from '../../keys/box-link.ts'
import { seal } from '../../keys/message.ts'
import { sendMessage } from '../../protocol/api/messages.ts'
import { bytes } from '../../protocol/cbor.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { messageId, type ChildId } from '../../protocol/ids.ts'
import type { Household } from '../../protocol/log/household.ts'
import { NOTHING_SENT } from '../../protocol/log/membership.ts'
import type { LastMessage } from '../../protocol/log/ops.ts'
import type { Client } from '../client.ts'
import { pad } from '../family.ts'
import { CHILD_MS } from '../voices.ts'
import { pullBoxLog } from './box-log.ts'

/**
 * What whoever has a drop-box's link can do: say something to the household. The client's device is
 * the one that the link derives. Everything here is repeatable, and lost by nothing but the store.
 */

const TAKE = 'take'
const SAID = 'said/'
const COUNTER = 'counter'

/** A recording, as it is kept: encrypted, like everything in the store. */
export type Spoken = { readonly sound: Uint8Array; readonly durationMs: number }

const spoken = { sound: bytes(1, 256 * 1024), durationMs: z.int().min(1) }
const take = z.strictObject({ ...spoken, at: z.int() })
const said = z.strictObject({
  ...spoken,
  at: z.int(),
  mid: messageId.schema,
  /** From when it was signed the same bytes are sent until they arrive. */
  frame: bytes(1, 1 << 20).optional(),
})
type Said = z.infer<typeof said>
const counter = z.strictObject({ n: z.int(), hash: bytes(32) })

/** Keeps a recording until it is sent or said anew. Throws `sound-too-long`, `sound-empty`. */
export async function keepTake(client: Client, { sound, durationMs }: Spoken): Promise<void> {
  if (durationMs > CHILD_MS + 1000) throw new PawpostError('sound-too-long')
  if (durationMs < 1 || sound.length === 0) throw new PawpostError('sound-empty')
  const value = { sound, durationMs: Math.round(durationMs), at: client.now() }
  await client.store.write([{ key: TAKE, value }])
  client.changed('outbox')
}

/** The recording that was not sent yet. */
export function keptTake(client: Client): Promise<Spoken | undefined> {
  return client.store.get(TAKE, take)
}

/** Throws the recording away. */
export async function dropTake(client: Client): Promise<void> {
  await client.store.write([{ key: TAKE, value: undefined }])
  client.changed('outbox')
}

/** Decides for the recording: from now on it goes out, now or later, once. */
export async function sayTake(client: Client): Promise<void> {
  const kept = await client.store.get(TAKE, take)
  if (!kept) return
  const mid = messageId.from(randomBytes(16))
  await client.store.write([
    { key: `${SAID}${pad(kept.at)}/${mid}`, value: { ...kept, mid } },
    { key: TAKE, value: undefined },
  ])
  client.changed('outbox')
}

/** How many recordings are on their way and have not arrived. */
export async function leaving(client: Client): Promise<number> {
  return (await client.store.list(SAID, said)).length
}

/**
 * Brings what was said to the server, oldest first. Throws what stands in the way: `offline`, `busy`,
 * `too-many`: it stays and goes out later; `box-ended`: it stays, and does not.
 */
export async function deliver(client: Client, link: BoxLink): Promise<void> {
  await client.exclusively(async () => {
    const items = await client.store.list(SAID, said)
    if (items.length === 0) return
    const household = await pullBoxLog(client, link.household)
    for (const { key, value } of items) {
      await deliverOne(client, household, { link, key, value })
      client.changed('outbox')
    }
  })
}

type Item = { readonly link: BoxLink; readonly key: string; readonly value: Said }

async function deliverOne(client: Client, household: Household, item: Item): Promise<void> {
  const { key, value } = item
  const frame = value.frame ?? (await sealed(client, household, item))
  try {
    const params = { household: household.id, message: value.mid }
    const body = Uint8Array.from(frame)
    await client.api.call(sendMessage, { params, body }, await client.keeper.device())
  } catch (error) {
    const isRefused = error instanceof PawpostError && error.code === 'message-refused'
    // Sealed for a family that has changed meanwhile: it is sealed anew the next time.
    if (isRefused) await client.store.write([{ key, value: unsealed(value) }])
    throw error
  }
  await client.store.write([{ key, value: undefined }])
}

function unsealed({ sound, durationMs, at }: Said): Said {
  return { sound, durationMs, at, mid: messageId.from(randomBytes(16)) }
}

/** Signs and seals, and keeps that before it is sent: a counter is never used twice. */
async function sealed(
  client: Client,
  household: Household,
  { link, key, value }: Item,
): Promise<Uint8Array> {
  const { sound, durationMs, at, mid } = value
  const body = {
    author: 'sender' as const,
    for: meant(household, link),
    codec: 'opus/ogg' as const,
    durationMs,
    sound,
  }
  const draft = {
    mid,
    to: [household.principal],
    at,
    content: { kind: 'voice' as const, body },
    ...(await nextPlace(client)),
  }
  const { frame, hash } = await seal(household, await client.keeper.device(), draft)
  await client.store.write([
    { key, value: { ...value, frame } },
    { key: COUNTER, value: { n: draft.n, hash } },
  ])
  return frame
}

/** The children of the link that a consent still stands for; all there are if it names none. */
function meant(household: Household, { children }: BoxLink): ChildId[] {
  const all = [...household.children.values()]
  const named = all.filter(
    ({ until }, number) =>
      until === undefined && (children.length === 0 || children.includes(number)),
  )
  if (named.length === 0) throw new PawpostError('box-ended', 'no-child')
  return named.map(({ id }) => id)
}

/**
 * The next counter. A link holds one key wherever it is opened, and a browser may forget what it
 * kept: so counters follow the clock, and whoever speaks later has the larger one.
 */
async function nextPlace(client: Client): Promise<{ n: number; prev: Uint8Array }> {
  const last: LastMessage = (await client.store.get(COUNTER, counter)) ?? NOTHING_SENT
  return { n: Math.max(last.n + 1, client.now()), prev: last.hash }
}
