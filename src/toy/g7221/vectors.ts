import { type Bits, bitsLeft, readBit, writeBits } from './bits.ts'
import { readIndex } from './codebook.ts'
import { BLOCK, REGIONS, REGION_SIZE } from './format.ts'
import { type Quantiser, quantiserOf, sigma } from './tables.ts'

/** What the encoder decides about one frame, and the vectors that follow from it. */
export type Plan = {
  readonly coefficients: Float64Array
  readonly powers: Int8Array
  readonly categories: Uint8Array
  /** Index of each vector in its code book: `indices[MOST_VECTORS * region + vector]`. */
  readonly indices: Uint16Array
  /** Sign bits of each vector as one number, the first sign most significant; 1 is positive. */
  readonly signs: Uint8Array
}

/** Vectors of a region in the finest categories. */
export const MOST_VECTORS = 10

export function createPlan(): Plan {
  return {
    coefficients: new Float64Array(BLOCK),
    powers: new Int8Array(REGIONS),
    categories: new Uint8Array(REGIONS),
    indices: new Uint16Array(MOST_VECTORS * REGIONS),
    signs: new Uint8Array(MOST_VECTORS * REGIONS),
  }
}

/** Quantises one region; returns the bits that its code words and signs take. */
export function quantise(plan: Plan, region: number): number {
  const quantiser = quantiserOf(plan.categories[region] ?? 0)
  if (!quantiser) return 0
  const unit = sigma(plan.powers[region] ?? 0) * quantiser.step
  const first = MOST_VECTORS * region
  let k = region * REGION_SIZE
  let bits = 0
  for (let v = first; v < first + quantiser.vectors; v++) {
    let index = 0
    let signs = 0
    for (let i = 0; i < quantiser.dimension; i++) {
      const x = plan.coefficients[k++] ?? 0
      const level = levelOf(Math.abs(x) / unit, quantiser)
      index = index * (quantiser.maxLevel + 1) + level
      if (level > 0) signs = (signs << 1) | (x > 0 ? 1 : 0)
    }
    plan.indices[v] = index
    plan.signs[v] = signs
    bits += cost(quantiser, index)
  }
  return bits
}

function levelOf(size: number, quantiser: Quantiser): number {
  return Math.min(quantiser.maxLevel, Math.floor(size + quantiser.rounding))
}

function cost(quantiser: Quantiser, index: number): number {
  return (quantiser.book.lengths[index] ?? 0) + (quantiser.signs[index] ?? 0)
}

/**
 * Replaces vectors of a region by the all-zero one, the last vector first, where that saves bits and
 * until `excess` bits are saved. Returns the bits saved.
 */
export function silence(plan: Plan, region: number, excess: number): number {
  const quantiser = quantiserOf(plan.categories[region] ?? 0)
  if (!quantiser) return 0
  const first = MOST_VECTORS * region
  let saved = 0
  for (let v = first + quantiser.vectors - 1; v >= first && saved < excess; v--) {
    const gain = cost(quantiser, plan.indices[v] ?? 0) - cost(quantiser, 0)
    if (gain <= 0) continue
    plan.indices[v] = 0
    plan.signs[v] = 0
    saved += gain
  }
  return saved
}

/** Writes the code words and signs of one region. */
export function writeRegion(bits: Bits, plan: Plan, region: number): void {
  const quantiser = quantiserOf(plan.categories[region] ?? 0)
  if (!quantiser) return
  const first = MOST_VECTORS * region
  for (let v = first; v < first + quantiser.vectors; v++) {
    const index = plan.indices[v] ?? 0
    writeBits(bits, quantiser.book.words[index] ?? 0, quantiser.book.lengths[index] ?? 0)
    writeBits(bits, plan.signs[v] ?? 0, quantiser.signs[index] ?? 0)
  }
}

/**
 * Reads the levels of one region, with their signs, into its place in `levels` (280 values). False,
 * with nothing of the region kept, when the frame ends before the region does.
 */
export function readRegion(
  bits: Bits,
  region: number,
  quantiser: Quantiser,
  levels: Int8Array,
): boolean {
  const start = region * REGION_SIZE
  let k = start
  while (k < start + REGION_SIZE) {
    const index = readIndex(bits, quantiser.book)
    if (index < 0 || bitsLeft(bits) < (quantiser.signs[index] ?? 0)) {
      levels.fill(0, start, start + REGION_SIZE)
      return false
    }
    for (let i = index * quantiser.dimension; i < (index + 1) * quantiser.dimension; i++) {
      const level = quantiser.levels[i] ?? 0
      levels[k++] = level > 0 && readBit(bits) === 0 ? -level : level
    }
  }
  return true
}
