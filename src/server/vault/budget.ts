import { PawpostError } from '../../protocol/errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'

const HOUR = 3_600_000

/** What a budget is for: how loudly the log says that it is used up, and what its caller is told. */
export type BudgetOf = {
  readonly level: 'error' | 'warn'
  readonly says: string
  readonly reason: string
}

export const ADDRESSES: BudgetOf = {
  level: 'error',
  says: 'the budget for opening addresses is used up',
  reason: 'decrypt-budget',
}
/** Where many people are mailed, that happens in the course of things: the mails wait. */
export const LINKS: BudgetOf = {
  level: 'warn',
  says: 'the budget for mailing notices is used up',
  reason: 'link-budget',
}

/**
 * How many addresses the server may have opened. Whoever takes over the process that serves
 * requests, but not the vault, gets so many an hour and raises an alarm, instead of all of them.
 */
export interface Budget {
  /** Throws `busy` with the budget's reason when it is used up. */
  spend(): void
}

/**
 * A budget of `perHour`: never more in any hour, however the hour is laid. It is kept in memory and
 * begins anew with the process.
 */
export function createBudget(
  perHour: number,
  clock: Clock,
  log: Log,
  { level, says, reason } = ADDRESSES,
): Budget {
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
      log[level]({ perHour }, says)
      throw new PawpostError('busy', reason)
    },
  }
}
