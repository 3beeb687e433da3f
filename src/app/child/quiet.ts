import type { ChildId } from '../../protocol/ids.ts'
import type { ProfileChild } from '../../protocol/message/kinds.ts'
import { sleepersAt } from '../family/sleeping.ts'
import { createValue } from '../platform/value.ts'

/**
 * How loud the child's screen may be at a moment, of 1, if it is time to sleep then: it shows the moon
 * alone. Undefined by day. Whoever knows the family's quiet hours sets it; until then it is never night.
 */
export type Night = (now: number) => number | undefined

export const night = createValue<Night>(() => undefined)

/** The loudest that anything gets at night, of 1, whatever the toy may: this is nearer to the ear. */
export const QUIET_LEVEL = 0.35
/** How often the screen looks at the clock. */
export const LOOK_MS = 15_000

/** A child's nights, as guardians said: no louder than the toy may be then. */
export function nightOf(all: readonly ProfileChild[], whose: ChildId): Night {
  return (now) => {
    const asleep = sleepersAt(all, now).find(({ child }) => child === whose)
    return asleep && Math.min(QUIET_LEVEL, asleep.volume / 100)
  }
}
