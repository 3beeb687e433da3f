import { PawpostError } from '../../protocol/errors.ts'
import type { LinkBody } from '../../protocol/log/link.ts'

/** How far a link's time may be off our clock, in milliseconds: 10 minutes. */
const TOLERANCE_MS = 10 * 60 * 1000

/**
 * The time in a link is its signer's claim, and epochs and notices are counted by it. So nothing is
 * accepted that is dated ahead, or 72 hours could pass in one; nor a notice that is dated back.
 * Other links may be late: a phone sends what it signed when it is online again.
 *
 * Throws `log-refused` with `time-off`.
 */
export function demandTimely(link: LinkBody, now: number): void {
  demandNotAhead(link, now)
  const isDatedBack = link.op === 'notice' && link.ts < now - TOLERANCE_MS
  if (isDatedBack) throw new PawpostError('log-refused', 'time-off')
}

/** The half of {@link demandTimely} that holds for what was accepted long ago, too. */
export function demandNotAhead({ ts }: LinkBody, now: number): void {
  if (ts > now + TOLERANCE_MS) throw new PawpostError('log-refused', 'time-off')
}
