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

/** 1 where lines begin at the left, -1 where they begin at the right. */
export type Reading = 1 | -1

/** How far towards the bin and the lock a finger has slid: 0..1, where 1 decides. */
export type Reach = { readonly bin: number; readonly lock: number }

/** How near a held finger is to throwing away, at the side where lines begin, and to locking, above. */
export function reachOf(press: Press, now: Press, reading: Reading): Reach {
  return { bin: part((press.x - now.x) * reading), lock: part(press.y - now.y) }
}

/** What a slide has decided: the bin throws away, the lock keeps recording without the finger. */
export function slideOf(press: Press, now: Press, reading: Reading): 'cancel' | 'lock' | undefined {
  const back = (press.x - now.x) * reading
  const up = press.y - now.y
  if (Math.max(back, up) < SLIDE) return undefined
  return back >= up ? 'cancel' : 'lock'
}

/** What letting go means. */
export function releaseOf(press: Press, now: Press): 'tap' | 'hold' {
  return now.at - press.at < TAP_MS ? 'tap' : 'hold'
}

function part(pixels: number): number {
  return Math.max(0, Math.min(1, pixels / SLIDE))
}
