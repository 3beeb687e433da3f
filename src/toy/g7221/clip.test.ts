import assert from 'node:assert/strict'
import { test } from 'node:test'
import { correlation, tone } from '../../../test/codec/material.ts'
import { decodeClip, encodeClip, MAX_SAMPLES } from './clip.ts'
import { createFile } from './container.ts'

test('a clip has one frame per block begun, and one to flush the last', () => {
  for (const [samples, frames] of [
    [0, 1],
    [1, 2],
    [320, 2],
    [321, 3],
  ] as const) {
    const file = encodeClip(new Int16Array(samples))
    assert.equal(file.length, 32 + 40 * frames)
    assert.equal(decodeClip(file).length, 320 * (frames - 1))
  }
})

test('the decoded clip lines up with what was encoded', () => {
  const samples = tone(440, 12_000).subarray(0, 31_999)
  const heard = decodeClip(encodeClip(samples))
  assert.ok(correlation(samples, heard) > 0.99)
  assert.ok(correlation(samples, heard.subarray(1)) < correlation(samples, heard))
})

test('what a slot of the toy cannot hold is refused', () => {
  assert.equal(encodeClip(new Int16Array(MAX_SAMPLES)).length, 80_032)
  assert.throws(() => encodeClip(new Int16Array(MAX_SAMPLES + 1)), { code: 'sound-too-long' })
})

test('a file without frames is empty, a foreign file is refused', () => {
  assert.equal(decodeClip(createFile(0)).length, 0)
  assert.throws(() => decodeClip(new Uint8Array(4_000)), { code: 'sound-unreadable' })
})
