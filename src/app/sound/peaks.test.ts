import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BARS, peaksOf } from './peaks.ts'

test('the loudest moment of each stretch, the loudest of all is full', async () => {
  const samples = new Float32Array(BARS * 100)
  samples[50] = -0.2
  samples[199] = 0.4
  samples[BARS * 100 - 1] = 0.1
  const peaks = await peaksOf(samples)
  assert.equal(peaks.length, BARS)
  assert.deepEqual(Array.from(peaks.subarray(0, 3)), [128, 255, 0])
  assert.equal(peaks.at(-1), 64)
})

test('silence and nothing at all are flat', async () => {
  const flat = new Uint8Array(BARS)
  assert.deepEqual(await peaksOf(new Float32Array(500)), flat)
  assert.deepEqual(await peaksOf(new Float32Array()), flat)
})

test('a sound of five minutes lets others have their turn, again and again', async () => {
  let [turns, isDone] = [0, false]
  const turn = (): void => {
    turns += 1
    if (!isDone) setImmediate(turn)
  }
  turn()
  await peaksOf(new Float32Array(300 * 24_000).fill(0.5))
  isDone = true
  assert.ok(turns > 15, `${turns} turns`)
})
