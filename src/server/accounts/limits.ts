import type { Clock } from '../platform/clock.ts'
import { createLimiter, type Limit, type Limiter } from '../platform/limiter.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

/**
 * Tries before a wait, counted in this process: a first line, before the database is asked. Those
 * by source do not count on this machine itself: a proxy is there.
 */
const LIMITS = {
  signUpBySource: { burst: 20, everyMs: MINUTE },
  signInBySource: { burst: 40, everyMs: 5 * SECOND },
  codeBySource: { burst: 40, everyMs: 10 * SECOND },
  codeByAccount: { burst: 10, everyMs: MINUTE },
  /** Of what opens an address in the vault, so that one account uses up little of what all have. */
  changeByAccount: { burst: 10, everyMs: 6 * MINUTE },
  resetByAccount: { burst: 10, everyMs: 6 * MINUTE },
  exportByAccount: { burst: 5, everyMs: 60 * MINUTE },
} as const satisfies Record<string, Limit>

type Name = keyof typeof LIMITS
export type Limiters = Readonly<Record<Name, Limiter>>

export function createLimiters(clock: Clock): Limiters {
  const entries = Object.entries(LIMITS).map(([name, limit]) => [name, createLimiter(limit, clock)])
  return Object.fromEntries(entries) as Limiters
}
