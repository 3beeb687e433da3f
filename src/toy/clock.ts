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

/** The result of `work`, or a `toy-timeout` (with `reason`) when it takes longer than `ms`. */
export async function within<T>(
  clock: Clock,
  ms: number,
  work: Promise<T>,
  reason: string,
): Promise<T> {
  const late = Promise.withResolvers<never>()
  const cancel = clock.after(ms, () => late.reject(new PawpostError('toy-timeout', reason)))
  try {
    return await Promise.race([work, late.promise])
  } finally {
    cancel()
  }
}
