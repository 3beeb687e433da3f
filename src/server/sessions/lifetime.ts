const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** A session ends when it was not used for this long, and after this long in any case. */
const IDLE_MS = 30 * DAY_MS
const ABSOLUTE_MS = 90 * DAY_MS

/** Sessions last seen, or begun, before these moments are over. */
export function limits(now: number): { seenBefore: Date; createdBefore: Date } {
  return { seenBefore: new Date(now - IDLE_MS), createdBefore: new Date(now - ABSOLUTE_MS) }
}
