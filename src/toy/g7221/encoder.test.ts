import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hardSignals, ownSamples, ownVector, snr, tone } from '../../../test/codec/material.ts'
import { decodeClip, encodeClip } from './clip.ts'
import { frameOf, HEADER_BYTES, readHeader } from './container.ts'
import { createEncoder, encodeBlock } from './encoder.ts'
import { createFrame, parseFrame } from './frame.ts'

// Rows E1, E2, E5 and E6 of the conformance table, and the worked example. E2 for bear16k.wav, and
// E3, need a recording that is in no copy of the project; E4 is test/codec/sentence.test.ts.

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

test('synth16k.wav gives synth16k.au, byte by byte (E1)', () => {
  const expected = ownVector('synth16k.au')
  const file = encodeClip(ownSamples('synth16k.wav'))
  assert.equal(hex(file.subarray(0, HEADER_BYTES)), hex(expected.subarray(0, HEADER_BYTES)))
  for (let f = 0; f < readHeader(expected).frames; f++) {
    assert.equal(hex(frameOf(file, f)), hex(frameOf(expected, f)), `frame ${f}`)
  }
})

const SIGNALS = { synth16k: ownSamples('synth16k.wav'), ...hardSignals() }
for (const [name, samples] of Object.entries(SIGNALS)) {
  test(`every frame says what the encoder meant: ${name} (E2)`, () => {
    const encoder = createEncoder()
    const bytes = new Uint8Array(40)
    const frame = createFrame()
    for (let at = 0; at < samples.length; at += 320) {
      encodeBlock(encoder, samples.subarray(at, at + 320), bytes)
      parseFrame(bytes, frame)
      assert.equal(frame.damaged, false)
      assert.equal(frame.heard, 14)
      assert.ok(frame.left >= 0)
      assert.equal(frame.choice, encoder.choice)
      assert.deepEqual(frame.powers, encoder.plan.powers)
      assert.deepEqual(frame.categories, encoder.plan.categories)
    }
  })
}

test('encoding and decoding keeps the sound (E5)', () => {
  const synth = ownSamples('synth16k.wav')
  const ofSynth = snr(synth, decodeClip(encodeClip(synth)))
  assert.ok(ofSynth >= 6, String(ofSynth))
  const kilohertz = tone(1_000, 30_000)
  const ofTone = snr(kilohertz, decodeClip(encodeClip(kilohertz)))
  assert.ok(ofTone >= 29, String(ofTone))
})

test('the first frame of silence (E6)', () => {
  const frame = new Uint8Array(40)
  encodeBlock(createEncoder(), new Int16Array(320), frame)
  assert.equal(hex(frame), '50710cbdfcc1ff000000000000000000000000' + 'ff'.repeat(21))
})

test('the worked example of a sine', () => {
  const sine = Float64Array.from({ length: 320 }, (_, n) => 10_000 * Math.sin((Math.PI * n) / 8))
  const encoder = createEncoder()
  const bytes = new Uint8Array(40)
  encodeBlock(encoder, sine, bytes)
  encodeBlock(encoder, sine, bytes)
  assert.equal(hex(bytes), '3ebf49a1699f8faf973ff8ff3fb262dd' + 'ff'.repeat(24))
  const frame = createFrame()
  parseFrame(bytes, frame)
  assert.deepEqual([...frame.powers], [8, 19, 20, 8, -4, ...Array.from({ length: 9 }, () => -15)])
  assert.deepEqual([...frame.categories], [0, 0, 0, 0, 1, 6, 6, 6, 7, 7, 7, 7, 7, 7])
  assert.equal(frame.choice, 0)
  assert.equal(frame.left, 153)
  const sent = [...frame.levels].flatMap((level, k) => (level === 0 ? [] : [[k, level]]))
  assert.deepEqual(sent, [
    [39, 12],
    [40, -13],
  ])
})
