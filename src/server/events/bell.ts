import { setTimeout as sleep } from 'node:timers/promises'

/** Wakes one waiter; rung while nobody waits, it wakes the next one at once. */
export interface Bell {
  ring(): void
  /** Resolves when it rings, after `ms`, or when `signal` aborts; never rejects. */
  wait(ms: number, signal: AbortSignal): Promise<void>
}

export function createBell(): Bell {
  let rung = new AbortController()

  return {
    ring: () => rung.abort(),
    async wait(ms, signal) {
      const either = AbortSignal.any([rung.signal, signal])
      await sleep(ms, undefined, { signal: either }).catch(() => {})
      if (rung.signal.aborted) rung = new AbortController()
    },
  }
}
