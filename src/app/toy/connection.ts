import { connectCloudPet, type CloudPet } from '../../toy/cloudpets/cloudpets.ts'
import { CLOUDPETS_RADIO } from '../../toy/cloudpets/gatt.ts'
import { ToyState } from '../../toy/cloudpets/states.ts'
import { chooseToy } from '../../toy/web-bluetooth.ts'
import { createValue, type Value } from '../platform/value.ts'
import { texts } from '../texts.ts'

const words = texts.toy.states

/** The toy at hand; it stays connected while one goes from screen to screen. */
export type Connection =
  | { readonly step: 'none' | 'connecting' | 'gone' }
  | { readonly step: 'connected'; readonly pet: CloudPet; readonly state: ToyState }

export const connection: Value<Connection> = createValue<Connection>({ step: 'none' })

/** Lets the person choose a toy and connects to it. Must be called from a click. */
export async function connect(): Promise<void> {
  connection.set({ step: 'connecting' })
  try {
    const pet = await connectCloudPet(await chooseToy(CLOUDPETS_RADIO))
    connection.set({ step: 'connected', pet, state: pet.state })
    pet.onState((state) => connection.set({ step: 'connected', pet, state }))
    pet.onGone(() => connection.set({ step: 'gone' }))
  } catch (error) {
    connection.set({ step: 'none' })
    throw error
  }
}

export async function disconnect(): Promise<void> {
  const now = connection.get()
  if (now.step === 'connected') await now.pet.close()
  connection.set({ step: 'none' })
}

/** What the toy is doing, in plain words. */
export function stateWords(state: ToyState): string {
  switch (state) {
    case ToyState.idle:
    case ToyState.unplayed:
      return words.ready
    case ToyState.recording:
      return words.recording
    case ToyState.playing:
    case ToyState.streaming:
    case ToyState.returning:
      return words.playing
    case ToyState.uploading:
    case ToyState.priming:
      return words.loading
    case ToyState.locked:
      return words.locked
    default:
      return words.other
  }
}
