/** A finger on the record button: a tap, a hold, or a slide. Pure: points in, decisions out. */

export type Press = {
  readonly x: number
  readonly y: number
  /** Milliseconds. */
  readonly at: number
}

/** Held no longer than this, it was a tap, and recording goes on until the next one. */
export const TAP_MS = 350
/** Pixels to slide before it counts: more than a hand shakes, less than a thumb reaches. */
export const SLIDE = 80

/** Where a held finger has slid to: left throws away, up keeps recording without the finger. */
export function slideOf(press: Press, now: Press): 'cancel' | 'lock' | undefined {
  const left = press.x - now.x
  const up = press.y - now.y
  if (Math.max(left, up) < SLIDE) return undefined
  return left >= up ? 'cancel' : 'lock'
}

/** What letting go means. */
export function releaseOf(press: Press, now: Press): 'tap' | 'hold' {
  return now.at - press.at < TAP_MS ? 'tap' : 'hold'
}
