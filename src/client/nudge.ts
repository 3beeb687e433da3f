import type { Client } from './client.ts'

/** Who waits to be woken, and whether a nudge came while nobody did. */
type Bed = { readonly sleepers: Set<() => void>; nudged: boolean }
const beds = new WeakMap<Client, Bed>()

function bedOf(client: Client): Bed {
  const bed = beds.get(client) ?? { sleepers: new Set(), nudged: false }
  beds.set(client, bed)
  return bed
}

/** Wakes whatever of this client waits to try again: a new letter, the network, a person. */
export function nudge(client: Client): void {
  const bed = bedOf(client)
  bed.nudged = bed.sleepers.size === 0
  for (const wake of bed.sleepers) wake()
}

/**
 * Waits for `ms` milliseconds, a nudge, or the end of `signal`, whichever comes first. A nudge that
 * came while nobody slept ends the next sleep at once, so that none is lost.
 */
export function sleep(client: Client, ms: number, signal: AbortSignal): Promise<void> {
  const bed = bedOf(client)
  return new Promise((resolve) => {
    const timer = setTimeout(wake, bed.nudged ? 0 : ms)
    bed.nudged = false
    function wake(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      bed.sleepers.delete(wake)
      resolve()
    }
    bed.sleepers.add(wake)
    signal.addEventListener('abort', wake)
    if (signal.aborted) wake()
  })
}
