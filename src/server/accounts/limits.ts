import type { Clock } from '../platform/clock.ts'
import { createLimiter, type Limit, type Limiter } from '../platform/limiter.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

/** Tries before a wait. Those by source do not count on this machine itself: a proxy is there. */
const LIMITS = {
  signUpBySource: { burst: 20, everyMs: MINUTE },
  signInBySource: { burst: 40, everyMs: 5 * SECOND },
  codeBySource: { burst: 40, everyMs: 10 * SECOND },
  signInByAddress: { burst: 10, everyMs: 30 * SECOND },
  /** How much mail strangers can make us send to one address. */
  mailByAddress: { burst: 5, everyMs: 30 * MINUTE },
  codeByAccount: { burst: 10, everyMs: MINUTE },
} as const satisfies Record<string, Limit>

type Name = keyof typeof LIMITS
export type Limiters = Readonly<Record<Name, Limiter>>

export function createLimiters(clock: Clock): Limiters {
  const entries = Object.entries(LIMITS).map(([name, limit]) => [name, createLimiter(limit, clock)])
  return Object.fromEntries(entries) as Limiters
}
