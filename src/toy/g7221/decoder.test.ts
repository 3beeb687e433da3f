import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownSamples, ownVector, seeded, snr } from '../../../test/codec/material.ts'
import { decodeRandomFrames } from '../../../test/codec/random-frames.ts'
import { frameOf, readHeader } from './container.ts'
import { createDecoder, decodeFrame } from './decoder.ts'
import { type Draw, repeatableNoise } from './noise.ts'

// Rows D4, D4a, D6 and D7 of the conformance table. D3, and D4 for bear16k.au, need recordings that
// are in no copy of the project.

const AU = ownVector('synth16k.au')
const DAMAGED = new Uint8Array(40)

/** All samples, with the delay. */
function decodeAll(au: Uint8Array, draw?: Draw): Float64Array {
  const { frames } = readHeader(au)
  const decoder = createDecoder(draw)
  const samples = new Float64Array(320 * frames)
  for (let f = 0; f < frames; f++) {
    decodeFrame(decoder, frameOf(au, f), samples.subarray(320 * f, 320 * (f + 1)))
  }
  return samples.map((x) => Math.max(-32_768, Math.min(32_767, Math.round(x))))
}

test('the noise begins as specified', () => {
  const draw = repeatableNoise()
  const first = Array.from({ length: 12 }, draw)
  assert.deepEqual(first, [2, 3, 4, 5, 7, 10, 14, 19, 26, 36, 50, 69])
})

test('the reference decoder gives the same samples (D4)', () => {
  const measured = snr(ownSamples('synth16k.decoded-spec.wav'), decodeAll(AU))
  assert.ok(measured >= 80, String(measured))
})

test('another source of noise sounds the same (D4a)', () => {
  const random = seeded(3)
  const heard = decodeAll(AU, () => Math.floor(65_536 * random()))
  const measured = snr(ownSamples('synth16k.decoded-spec.wav'), heard)
  assert.ok(measured >= 12, String(measured))
})

test('random bytes do no harm and are mostly noticed (D6)', () => {
  const { frames, accepted, finite } = decodeRandomFrames(10_000, 4)
  assert.ok(finite)
  assert.ok(accepted <= 0.02 * frames, String(accepted))
  assert.ok(accepted > 0)
})

test('a damaged frame repeats the one before, the second is silent (D7)', () => {
  for (const lost of [DAMAGED, undefined]) {
    const decoder = createDecoder()
    const samples = new Float64Array(320)
    for (let f = 0; f < 10; f++) decodeFrame(decoder, frameOf(AU, f), samples)
    const before = [...decoder.coefficients]
    assert.ok(before.some((x) => x !== 0))
    decodeFrame(decoder, lost, samples)
    assert.deepEqual([...decoder.coefficients], before)
    decodeFrame(decoder, lost, samples)
    assert.ok(decoder.coefficients.every((x) => x === 0))
    decodeFrame(decoder, lost, samples)
    assert.ok(decoder.coefficients.every((x) => x === 0))
    decodeFrame(decoder, frameOf(AU, 10), samples)
    assert.equal(decoder.frame.damaged, false)
  }
})

test('the first samples of the worked example', () => {
  const decoder = createDecoder()
  const samples = new Float64Array(320)
  const frame = '3eff9cb236958e052d1fb22a58e2a52429a4a010046c7e37417a5e598de26094f226882a93cae8ff'
  decodeFrame(decoder, Buffer.from(frame, 'hex'), samples)
  const rounded = (values: Float64Array): string[] => Array.from(values, (x) => x.toFixed(3))
  assert.deepEqual(rounded(decoder.coefficients.subarray(0, 4)), [
    '-710.996',
    '710.996',
    '-90.510',
    '90.510',
  ])
  assert.deepEqual(rounded(samples.subarray(0, 8)), [
    '-2.511',
    '-3.995',
    '2.354',
    '10.619',
    '9.658',
    '2.432',
    '-0.420',
    '-5.179',
  ])
})
