import { PawpostError } from '../../protocol/errors.ts'
import type { Clock } from '../platform/clock.ts'
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

/**
 * A budget of `perHour`: never more in any hour, however the hour is laid. It is kept in memory and
 * begins anew with the process.
 */
export function createBudget(perHour: number, clock: Clock, log: Log): Budget {
  /** When the last `perHour` were spent, oldest first. */
  const spent: number[] = []
  return {
    spend() {
      const now = clock.now()
      const [oldest = -Infinity] = spent.length < perHour ? [] : spent
      if (now - oldest >= HOUR) {
        spent.push(now)
        if (spent.length > perHour) spent.shift()
        return
      }
      log.error({ perHour }, 'the budget for opening addresses is used up')
      throw new PawpostError('busy', 'decrypt-budget')
    },
  }
}
