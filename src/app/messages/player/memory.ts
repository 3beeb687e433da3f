import { z } from 'zod'
import type { Client } from '../../../client/client.ts'
import { createValue } from '../../platform/value.ts'
import type { Memory, Settings } from '../../sound/player.ts'
import { left, placeOf, type Places } from './places.ts'

const PLACES = 'player/places'
const SETTINGS = 'player/settings'

/** How fast voices may be played: slow to understand every word, fast for who knows them. */
export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2] as const

const settings = z.object({
  speed: z.literal(SPEEDS).catch(1),
  /** Whether the next unheard one follows by itself. */
  next: z.object({ people: z.boolean(), child: z.boolean() }),
})

const places = z.array(z.object({ id: z.string(), seconds: z.number().min(0) }))

export const USUAL: Settings = { speed: 1, next: { people: true, child: false } }

const memories = new WeakMap<Client, Memory>()

/** What this device remembers of listening, encrypted like all that it keeps. */
export function memoryOf(client: Client): Memory {
  const known = memories.get(client) ?? createMemory(client)
  memories.set(client, known)
  return known
}

function createMemory({ store }: Client): Memory {
  const current = createValue(USUAL)
  let kept: Places = []
  const load = async (): Promise<void> => {
    const [before, chosen] = await Promise.all([
      store.get(PLACES, places),
      store.get(SETTINGS, settings),
    ])
    kept = before ?? []
    if (chosen) current.set(chosen)
  }
  return {
    settings: current,
    placeOf: (id) => placeOf(kept, id),
    // A place that cannot be read or kept is a convenience lost, and no more.
    ready: load().catch(reportError),
    leave(id, seconds, length) {
      kept = left(kept, id, seconds, length)
      store.write([{ key: PLACES, value: [...kept] }]).catch(reportError)
    },
    change(what) {
      current.set({ ...current.get(), ...what })
      store.write([{ key: SETTINGS, value: current.get() }]).catch(reportError)
    },
  }
}
