import { REGIONS, SILENT } from './format.ts'
import { EXPECTED_BITS, OFFSET } from './tables.ts'

/**
 * The sixteen ways to share out the bits that the envelope leaves. Both sides derive them from the
 * envelope alone, in integers. Way 0 (`finest`) spends most; each step on the ladder raises the
 * category of one region by 1, and so spends less.
 */
export type Ladder = { readonly finest: Uint8Array; readonly steps: Uint8Array }

export const STEPS = 15

export function createLadder(): Ladder {
  return { finest: new Uint8Array(REGIONS), steps: new Uint8Array(STEPS) }
}

const coarse = new Uint8Array(REGIONS)
const list = new Uint8Array(2 * STEPS)

/**
 * Fills `ladder` for an envelope and the number of bits that are left after it and the 4 bits of
 * the categorisation number. False when no region can change any more: a damaged frame.
 */
export function climb(powers: Int8Array, available: number, ladder: Ladder): boolean {
  const offset = findOffset(powers, available)
  const fine = ladder.finest
  let fineBits = share(powers, offset, fine)
  let coarseBits = fineBits
  coarse.set(fine)
  let front = STEPS
  let end = STEPS
  while (end - front < STEPS) {
    const finer = fineBits + coarseBits <= 2 * available
    const r = finer ? toRefine(powers, offset, fine) : toCoarsen(powers, offset, coarse)
    if (r < 0) return false
    if (finer) {
      fineBits += change(fine, r, -1)
      list[--front] = r
    } else {
      coarseBits += change(coarse, r, 1)
      list[end++] = r
    }
  }
  ladder.steps.set(list.subarray(front, end))
  return true
}

/** Categories of way `rc` (0..15), written to `categories`. */
export function categoriesAt(ladder: Ladder, rc: number, categories: Uint8Array): void {
  categories.set(ladder.finest)
  for (let i = 0; i < rc; i++) change(categories, ladder.steps[i] ?? 0, 1)
}

function categoryAt(offset: number, power: number): number {
  return Math.min(SILENT, Math.max(0, (offset - power) >> 1))
}

/** The largest offset at which the regions still ask for (almost) all available bits. */
function findOffset(powers: Int8Array, available: number): number {
  let offset = OFFSET.min
  for (let step = 32; step >= 1; step >>= 1) {
    let bits = 0
    for (let r = 0; r < REGIONS; r++) {
      bits += EXPECTED_BITS[categoryAt(offset + step, powers[r] ?? 0)] ?? 0
    }
    if (bits >= available - OFFSET.margin) offset += step
  }
  return offset
}

/** Writes the categories at an offset; returns the bits they are expected to take. */
function share(powers: Int8Array, offset: number, categories: Uint8Array): number {
  let bits = 0
  for (let r = 0; r < REGIONS; r++) {
    const category = categoryAt(offset, powers[r] ?? 0)
    categories[r] = category
    bits += EXPECTED_BITS[category] ?? 0
  }
  return bits
}

/** Lowest region among those that deserve a finer category most; -1 when all have the finest. */
function toRefine(powers: Int8Array, offset: number, categories: Uint8Array): number {
  let best = -1
  let least = Infinity
  for (let r = 0; r < REGIONS; r++) {
    const category = categories[r] ?? 0
    const excess = offset - (powers[r] ?? 0) - 2 * category
    if (category > 0 && excess < least) {
      best = r
      least = excess
    }
  }
  return best
}

/** Highest region among those that miss a finer category least; -1 when none sends anything. */
function toCoarsen(powers: Int8Array, offset: number, categories: Uint8Array): number {
  let best = -1
  let most = -Infinity
  for (let r = 0; r < REGIONS; r++) {
    const category = categories[r] ?? 0
    const excess = offset - (powers[r] ?? 0) - 2 * category
    if (category < SILENT && excess >= most) {
      best = r
      most = excess
    }
  }
  return best
}

/** Moves one region by a category; returns by how much the expected bits change. */
function change(categories: Uint8Array, region: number, by: 1 | -1): number {
  const before = categories[region] ?? 0
  categories[region] = before + by
  return (EXPECTED_BITS[before + by] ?? 0) - (EXPECTED_BITS[before] ?? 0)
}
