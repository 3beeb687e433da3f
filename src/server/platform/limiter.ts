import type { Clock } from './clock.ts'
import { PawpostError } from '../../protocol/errors.ts'

/** A token bucket: `burst` tries at once, then one more every `everyMs`. */
export type Limit = { readonly burst: number; readonly everyMs: number }

/** Counts tries per key in bounded memory. */
export interface Limiter {
  /** Takes one try of `key`; false when there is none left. */
  take(key: string): boolean
  /** As `take`, but throws `too-many`. */
  charge(key: string): void
}

/** Keys remembered at most; beyond, the longest unused are forgotten. */
const MAX_KEYS = 50_000

/** A limiter in the memory of this process: forgotten at a restart, not shared with others. */
export function createLimiter(limit: Limit, clock: Clock): Limiter {
  /** When each key's bucket will be full again; in the order of last use. */
  const fullAt = new Map<string, number>()

  function take(key: string): boolean {
    const now = clock.now()
    const full = Math.max(fullAt.get(key) ?? now, now)
    if (full - now > (limit.burst - 1) * limit.everyMs) return false
    fullAt.delete(key)
    fullAt.set(key, full + limit.everyMs)
    if (fullAt.size > MAX_KEYS) forgetOldest(fullAt)
    return true
  }

  return {
    take,
    charge(key) {
      if (!take(key)) throw new PawpostError('too-many')
    },
  }
}

function forgetOldest(keys: Map<string, number>): void {
  const oldest = keys.keys().next()
  if (!oldest.done) keys.delete(oldest.value)
}
