import type { CloudPet } from '../../toy/cloudpets/cloudpets.ts'
import { ToyState } from '../../toy/cloudpets/states.ts'
import { connection } from '../toy/connection.ts'

/**
 * The original toy's paws in the game. In its game mode they report instead of acting: the left one
 * (which else records) as 0, the right one (which else plays) as 1. The toy has one light, the heart.
 */
const PAWS: Readonly<Partial<Record<ToyState, number>>> = {
  [ToyState.recordPaw]: 0,
  [ToyState.playPaw]: 1,
}

/** Tells of paws that are pressed, until the returned function is called. */
export function followPaws(pet: CloudPet, onPaw: (paw: number) => void): () => void {
  // A toy that is busy or out of reach plays no game; the screen's own paws still do.
  pet.gameMode(true).catch(() => undefined)
  const unwatch = pet.onState((state) => {
    const paw = PAWS[state]
    if (paw !== undefined) onPaw(paw)
  })
  return () => {
    unwatch()
    pet.gameMode(false).catch(() => undefined)
    pet.light({ mode: 'off' }).catch(() => undefined)
  }
}

/** Lights the heart of the toy at hand, if there is one. Nobody waits for it. */
export function shine(on: boolean): void {
  const now = connection.get()
  if (now.step !== 'connected') return
  now.pet.light({ mode: on ? 'on' : 'off' }).catch(() => undefined)
}
