import { type Codebook, codebook } from './codebook.ts'
import tables from './tables.json' with { type: 'json' }

/** How the coefficients of a region in one of the categories 0..6 are quantised and coded. */
export type Quantiser = {
  /** Coefficients per vector. */
  readonly dimension: number
  /** Vectors per region. */
  readonly vectors: number
  readonly maxLevel: number
  /** In units of the region's sigma. */
  readonly step: number
  /** Added before truncation; below 1/2 it widens the zero bin. */
  readonly rounding: number
  readonly book: Codebook
  /** Levels of a vector: `levels[index * dimension + i]`, the digits of index in base maxLevel + 1. */
  readonly levels: Uint8Array
  /** Non-zero levels of a vector, each of which has a sign bit. */
  readonly signs: Uint8Array
  /** Value of a level when decoding, in units of sigma. */
  readonly reconstruction: Float64Array
}

/** Limits of a power index, and of the first one as the encoder writes it. */
export const POWER = tables.power
export const OFFSET = tables.offset
export const QUANTISERS: readonly Quantiser[] = tables.vectorCodes.map((_, c) => quantiser(c))
/** Code of a region's power minus that of the region before it, for regions 1..13. */
export const ENVELOPE_BOOKS: readonly Codebook[] = tables.envelopeCodes.map(codebook)
/** Bits assumed for one region in each category. */
export const EXPECTED_BITS = Uint8Array.from(tables.expectedBits)
/** Size of what replaces zero levels in each category when decoding, in units of sigma. */
export const NOISE_GAIN = noiseGains()

const SIGMA = Float64Array.from(tables.sigma)

/** Standard deviation that stands behind a legal power index: 2^((p + 9) / 2). */
export function sigma(power: number): number {
  return SIGMA[power - POWER.min] ?? 0
}

/** The quantiser of category 0..6; undefined for 7, which sends nothing. */
export function quantiserOf(category: number): Quantiser | undefined {
  return QUANTISERS[category]
}

function quantiser(category: number): Quantiser {
  const at = (row: readonly number[]): number => row[category] ?? 0
  const dimension = at(tables.vectorDimension)
  const maxLevel = at(tables.maxLevel)
  const levels = digits(dimension, maxLevel + 1)
  return {
    dimension,
    vectors: at(tables.vectorsPerRegion),
    maxLevel,
    step: at(tables.stepSize),
    rounding: at(tables.rounding),
    book: codebook(tables.vectorCodes[category] ?? []),
    levels,
    signs: countNonZero(levels, dimension),
    reconstruction: Float64Array.from(
      tables.reconstruction[category] ?? [],
      (level) => level / tables.reconstructionScale,
    ),
  }
}

/** All numbers of `places` digits in ascending order, most significant digit first. */
function digits(places: number, base: number): Uint8Array {
  return Uint8Array.from({ length: places * base ** places }, (_, i) => {
    const weight = base ** (places - 1 - (i % places))
    return Math.floor(Math.floor(i / places) / weight) % base
  })
}

function countNonZero(levels: Uint8Array, dimension: number): Uint8Array {
  const counts = new Uint8Array(levels.length / dimension)
  levels.forEach((level, i) => {
    const vector = Math.floor(i / dimension)
    if (level > 0) counts[vector] = (counts[vector] ?? 0) + 1
  })
  return counts
}

function noiseGains(): Float64Array {
  const gains = new Float64Array(8)
  for (const [category, gain] of Object.entries(tables.noiseGain)) gains[Number(category)] = gain
  return gains
}
