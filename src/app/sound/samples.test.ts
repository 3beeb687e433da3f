import assert from 'node:assert/strict'
import { test } from 'node:test'
import { levelled, loudness } from './samples.ts'

test('silence is 0, a full scale is 1, and -25 dB is the middle', () => {
  assert.equal(loudness(new Float32Array(10)), 0)
  assert.equal(loudness(new Float32Array()), 0)
  assert.ok(Math.abs(loudness(new Float32Array(10).fill(1)) - 1) < 1e-6)
  assert.ok(Math.abs(loudness(new Float32Array(10).fill(10 ** (-25 / 20))) - 0.5) < 1e-6)
})

test('quiet becomes louder and loud keeps its headroom', () => {
  const peak = (samples: Float32Array): number => Math.max(...samples.map(Math.abs))
  assert.ok(Math.abs(peak(levelled(Float32Array.of(0.4, -0.5))) - 0.8) < 1e-6)
  assert.ok(Math.abs(peak(levelled(Float32Array.of(1, -1))) - 0.8) < 1e-6)
  assert.ok(Math.abs(peak(levelled(Float32Array.of(0.01))) - 0.1) < 1e-6)
  assert.equal(peak(levelled(Float32Array.of(0))), 0)
})
