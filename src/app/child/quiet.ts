import { createValue } from '../platform/value.ts'

/**
 * Whether it is time to sleep. Then the child's screen shows the moon alone, and is soft. Whoever knows
 * the family's quiet hours sets the predicate; until then it is never quiet.
 */
export type IsQuiet = (now: number) => boolean

export const isQuiet = createValue<IsQuiet>(() => false)

/** The loudest that anything gets then, of 1. */
export const QUIET_LEVEL = 0.35
/** How often the screen looks at the clock. */
export const LOOK_MS = 15_000
