import { type Bits, readBits, writeBits } from './bits.ts'
import { readIndex } from './codebook.ts'
import { REGIONS, REGION_SIZE } from './format.ts'
import { ENVELOPE_BOOKS, POWER } from './tables.ts'

/**
 * The envelope: one power index per region, in steps of 3 dB. It costs 39..190 bits: the first
 * index in 5 bits, then the difference of each region from the one before it.
 */
const FIRST_BITS = 5

/** Measures the coefficients and leaves in `powers` (14 values) what the code can express. */
export function measurePowers(coefficients: Float64Array, powers: Int8Array): void {
  for (let r = 0; r < REGIONS; r++) powers[r] = powerOf(coefficients, r)
  raiseValleys(powers)
  powers.forEach((power, r) => {
    const least = r === 0 ? POWER.firstMin : POWER.min
    powers[r] = Math.min(POWER.max, Math.max(least, power))
  })
  for (let r = 1; r < REGIONS; r++) {
    powers[r] = Math.max(powers[r] ?? 0, (powers[r - 1] ?? 0) + POWER.diffMin)
  }
}

/** Empty regions get any very low index. */
function powerOf(coefficients: Float64Array, region: number): number {
  let sum = 0
  for (let k = region * REGION_SIZE; k < (region + 1) * REGION_SIZE; k++) {
    const x = coefficients[k] ?? 0
    sum += x * x
  }
  if (sum === 0) return -99
  const power = Math.floor(Math.log2(sum / REGION_SIZE) + 0.5) - POWER.sigmaExponentOffset
  return Math.max(-99, power)
}

/** A rise of more than 11 has no code word, so the region in front of it is raised. */
function raiseValleys(powers: Int8Array): void {
  for (let r = REGIONS - 2; r >= 0; r--) {
    powers[r] = Math.max(powers[r] ?? 0, (powers[r + 1] ?? 0) - POWER.diffMax)
  }
}

export function writeEnvelope(bits: Bits, powers: Int8Array): void {
  writeBits(bits, (powers[0] ?? 0) + POWER.codeOffset, FIRST_BITS)
  for (let r = 1; r < REGIONS; r++) {
    const book = ENVELOPE_BOOKS[r - 1]
    const index = (powers[r] ?? 0) - (powers[r - 1] ?? 0) - POWER.diffMin
    writeBits(bits, book?.words[index] ?? 0, book?.lengths[index] ?? 0)
  }
}

/** Fills `powers`; false when one is out of range, which makes the frame a damaged one. */
export function readEnvelope(bits: Bits, powers: Int8Array): boolean {
  let power = readBits(bits, FIRST_BITS) - POWER.codeOffset
  powers[0] = power
  let r = 1
  for (const book of ENVELOPE_BOOKS) {
    power += readIndex(bits, book) + POWER.diffMin
    if (power < POWER.min || power > POWER.max) return false
    powers[r++] = power
  }
  return true
}
