import { z } from 'zod'
import type { Client } from '../../client/client.ts'
import { isForChild, messages, type Message } from '../../client/messages.ts'
import { messageId, type MessageId } from '../../protocol/ids.ts'
import type { CloudPet } from '../../toy/cloudpets/cloudpets.ts'
import type { Slot } from '../../toy/cloudpets/commands.ts'

/** The toy's places for sound. The paw fills the first one; it plays the second one. */
export const SLOTS: readonly Slot[] = [1, 2, 3, 4, 5]
/** Where a voice can be put. */
export type Place = Exclude<Slot, 1>
export const PAW_PLACE = 2

/**
 * What lies in a toy, as far as this device put it there. The toy tells nobody: another phone may have
 * put something else there since.
 */
export type Lying = ReadonlyMap<Slot, MessageId>

const kept = z.strictObject({ message: messageId.schema, at: z.int() })

/** Everything that the places of a toy are drawn with. */
export type Shelf = {
  readonly lying: Lying
  readonly known: ReadonlyMap<MessageId, Message>
  /** What may be put into a toy, the newest first. */
  readonly fit: readonly Message[]
}

const APPROVED: ReadonlySet<string> = new Set(['approved', 'in-the-bear', 'played'])

export async function shelfOf(client: Client, pet: CloudPet): Promise<Shelf> {
  const all = await messages(client)
  const entries = await Promise.all(
    SLOTS.map(async (slot) => {
      const value = await client.store.get(keyOf(pet, slot), kept)
      return value ? ([[slot, value.message]] as const) : []
    }),
  )
  return {
    lying: new Map(entries.flat()),
    known: new Map(all.map((one) => [one.message, one])),
    fit: all.filter((one) => isForChild(one) && !one.from.child && APPROVED.has(one.state)),
  }
}

/** Notes what was put into a place. */
export async function noteLying(
  client: Client,
  pet: CloudPet,
  slot: Place,
  message: MessageId,
): Promise<void> {
  await client.store.write([{ key: keyOf(pet, slot), value: { message, at: client.now() } }])
  client.changed('messages')
}

/** A toy has nothing of its own but its name and the moment at which it was set up. */
function keyOf({ name, config }: CloudPet, slot: Slot): string {
  const { character = '', month, day, hour, minute, second } = config ?? {}
  const setUp = config ? [character, month, day, hour, minute, second].join('-') : ''
  return `toy/place/${name}/${setUp}/${slot}`
}

/** Plays a place so many times; how long it is has to be known for more than once. */
export async function playPlace(
  pet: CloudPet,
  slot: Slot,
  { times, durationMs }: { readonly times: number; readonly durationMs: number },
): Promise<void> {
  await pet.play(slot)
  if (times > 1) await pet.loop(times, Math.max(1, Math.min(65_535, Math.round(durationMs))))
}

/** Ends what the toy plays, and what it would play again. */
export async function silence(pet: CloudPet): Promise<void> {
  await pet.stopLoop()
  await pet.stop()
}
