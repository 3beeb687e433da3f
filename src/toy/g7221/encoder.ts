import { bitsOf, fillWithOnes, writeBits } from './bits.ts'
import { categoriesAt, climb, createLadder, type Ladder, STEPS } from './categories.ts'
import { measurePowers, writeEnvelope } from './envelope.ts'
import { BLOCK, FRAME_BITS, REGIONS } from './format.ts'
import { CHOICE_BITS } from './frame.ts'
import { analyse } from './transform.ts'
import { createPlan, type Plan, quantise, silence, writeRegion } from './vectors.ts'

/** What an encoder keeps: the previous block, and its plan for the present one. */
export type Encoder = {
  readonly previous: Float64Array
  readonly plan: Plan
  readonly ladder: Ladder
  /** Bits each region takes. */
  readonly bits: Uint16Array
  /** Which of the sixteen categorisations was chosen for the present block. */
  choice: number
}

/** One clip, one encoder. */
export function createEncoder(): Encoder {
  return {
    previous: new Float64Array(BLOCK),
    plan: createPlan(),
    ladder: createLadder(),
    bits: new Uint16Array(REGIONS),
    choice: 0,
  }
}

/** The search starts in the middle. */
const FIRST_CHOICE = 7

/** Encodes one block of 320 samples in 16-bit units into `frame`, which holds 40 bytes. */
export function encodeBlock(encoder: Encoder, block: ArrayLike<number>, frame: Uint8Array): void {
  const { plan, previous } = encoder
  analyse(previous, block, plan.coefficients)
  for (let i = 0; i < BLOCK; i++) previous[i] = block[i] ?? 0
  measurePowers(plan.coefficients, plan.powers)
  const bits = bitsOf(frame)
  writeEnvelope(bits, plan.powers)
  const available = FRAME_BITS - bits.position - CHOICE_BITS
  fit(encoder, available)
  writeBits(bits, encoder.choice, CHOICE_BITS)
  for (let r = 0; r < REGIONS; r++) writeRegion(bits, plan, r)
  fillWithOnes(bits)
}

/** Chooses the finest categorisation around the middle that fits, and quantises by it. */
function fit(encoder: Encoder, available: number): void {
  const { plan, ladder } = encoder
  climb(plan.powers, available, ladder)
  encoder.choice = FIRST_CHOICE
  categoriesAt(ladder, FIRST_CHOICE, plan.categories)
  let total = 0
  for (let r = 0; r < REGIONS; r++) total += requantise(encoder, r)
  while (total < available && encoder.choice > 0) {
    total += step(encoder, ladder.steps[--encoder.choice] ?? 0, -1)
  }
  while (total > available && encoder.choice < STEPS) {
    total += step(encoder, ladder.steps[encoder.choice++] ?? 0, 1)
  }
  for (let r = REGIONS - 1; r >= 0 && total > available; r--) {
    total -= silence(plan, r, total - available)
  }
}

/** Moves one region by a category; returns by how many bits the frame grows. */
function step(encoder: Encoder, region: number, by: 1 | -1): number {
  const { plan, bits } = encoder
  const before = bits[region] ?? 0
  plan.categories[region] = (plan.categories[region] ?? 0) + by
  return requantise(encoder, region) - before
}

function requantise(encoder: Encoder, region: number): number {
  const taken = quantise(encoder.plan, region)
  encoder.bits[region] = taken
  return taken
}
