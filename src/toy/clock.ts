import { PawpostError } from '../protocol/errors.ts'

/** Time as an argument, so that forty seconds of sound are tested in a moment. Milliseconds. */
export interface Clock {
  now(): number
  /** Calls `wake` once after `ms`, unless the returned function is called before. */
  after(ms: number, wake: () => void): () => void
}

export const realClock: Clock = {
  now: () => performance.now(),
  after(ms, wake) {
    const timer = setTimeout(wake, ms)
    return () => clearTimeout(timer)
  },
}

export function sleep(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.after(ms, resolve))
}

export type Limit = {
  ms: number
  /** Machine-readable: what was waited for. */
  reason: string
  /** Aborting one of these ends the waiting with its reason. */
  signals?: readonly (AbortSignal | undefined)[]
}

/** The result of `work`, or a `toy-timeout` when it takes too long. */
export async function within<T>(clock: Clock, work: Promise<T>, limit: Limit): Promise<T> {
  const given = Promise.withResolvers<never>()
  const cancel = clock.after(limit.ms, () =>
    given.reject(new PawpostError('toy-timeout', limit.reason)),
  )
  const giveUp = (event: Event): void => given.reject((event.target as AbortSignal).reason)
  for (const signal of limit.signals ?? []) {
    if (signal?.aborted === true) given.reject(signal.reason)
    signal?.addEventListener('abort', giveUp)
  }
  try {
    return await Promise.race([given.promise, work])
  } finally {
    cancel()
    for (const signal of limit.signals ?? []) signal?.removeEventListener('abort', giveUp)
  }
}
