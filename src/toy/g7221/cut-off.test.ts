import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '../../../test/codec/material.ts'
import { type Bits, bitsOf, writeBits } from './bits.ts'
import { categoriesAt, climb, createLadder, STEPS } from './categories.ts'
import { createDecoder, decodeFrame } from './decoder.ts'
import { measurePowers, writeEnvelope } from './envelope.ts'
import { sigma } from './tables.ts'
import { createPlan, type Plan, quantise, writeRegion } from './vectors.ts'

// Some encoders cut off a frame that does not fit (D2 has four, in a recording that is in no copy of
// the project). These are made here: noise under a broken envelope, which needs too many bits.

type Cut = { plan: Plan; bytes: Uint8Array; /** Where each region ends. */ ends: number[] }

function cutOff(random: () => number, choice: number): Cut {
  const plan = createPlan()
  const bits = bitsOf(new Uint8Array(400))
  for (let k = 0; k < 280; k++) plan.coefficients[k] = 8_000 * (random() < 0.5 ? 1 : -1) * random()
  measurePowers(plan.coefficients, plan.powers)
  writeEnvelope(bits, plan.powers)
  const ladder = createLadder()
  assert.ok(climb(plan.powers, 320 - bits.position - 4, ladder))
  categoriesAt(ladder, choice, plan.categories)
  writeBits(bits, choice, 4)
  const ends = writeRegions(bits, plan)
  return { plan, bytes: bits.bytes.subarray(0, 40), ends }
}

/** Louder than its envelope says, so that the rare, long words are needed. */
function writeRegions(bits: Bits, plan: Plan): number[] {
  for (let k = 0; k < 280; k++) plan.coefficients[k] = 1.3 * (plan.coefficients[k] ?? 0)
  return Array.from({ length: 14 }, (_, r) => {
    quantise(plan, r)
    writeRegion(bits, plan, r)
    return bits.position
  })
}

test('a frame that was cut off keeps its whole regions and fills the others with noise', () => {
  const random = seeded(11)
  const samples = new Float64Array(320)
  let cuts = 0
  for (let i = 0; i < 200; i++) {
    const { plan, bytes, ends } = cutOff(random, STEPS)
    const whole = ends.findIndex((end) => end > 320)
    if (whole < 0) continue
    cuts++
    const decoder = createDecoder()
    decodeFrame(decoder, bytes, samples)
    assert.equal(decoder.frame.damaged, false)
    assert.equal(decoder.frame.left, -1)
    assert.equal(decoder.frame.heard, whole)
    decoder.coefficients.subarray(20 * whole, 280).forEach((x, k) => {
      const unit = sigma(plan.powers[whole + Math.floor(k / 20)] ?? 0)
      assert.ok(Math.abs(Math.abs(x) / unit - Math.SQRT1_2) < 1e-9)
    })
    assert.deepEqual(
      [...decoder.coefficients.subarray(280)],
      Array.from({ length: 40 }, () => 0),
    )
  }
  assert.ok(cuts > 100, String(cuts))
})

test('cutting off is allowed to the coarsest choice only', () => {
  const random = seeded(12)
  const decoder = createDecoder()
  for (let i = 0; i < 20; i++) {
    const { bytes, ends } = cutOff(random, 0)
    assert.ok((ends.at(-1) ?? 0) > 320)
    decodeFrame(decoder, bytes, new Float64Array(320))
    assert.ok(decoder.frame.damaged)
  }
})
