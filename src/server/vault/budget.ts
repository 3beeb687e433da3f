import { PawpostError } from '../../protocol/errors.ts'
import type { Clock } from '../platform/clock.ts'
import { createLimiter } from '../platform/limiter.ts'
import type { Log } from '../platform/log.ts'

const HOUR = 3_600_000

/**
 * How many addresses the server may have opened. Whoever takes over the process that serves
 * requests, but not the vault, gets so many an hour and raises an alarm, instead of all of them.
 */
export interface Budget {
  /** Throws `busy` with `decrypt-budget` when it is used up. */
  spend(): void
}

/** A budget of `perHour`: so many at once, then evenly. It begins anew with the process. */
export function createBudget(perHour: number, clock: Clock, log: Log): Budget {
  const limiter = createLimiter({ burst: perHour, everyMs: HOUR / perHour }, clock)
  return {
    spend() {
      if (limiter.take('addresses')) return
      log.error({ perHour }, 'the budget for opening addresses is used up')
      throw new PawpostError('busy', 'decrypt-budget')
    },
  }
}
