import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toPcm16 } from '../../client/sound/pcm.ts'
import { createTape } from './tape.ts'

const RATE = 1000
const tone = (length: number, level = 0.5): Float32Array => new Float32Array(length).fill(level)

test('pieces become one recording, as loud as they came', () => {
  const tape = createTape(10_000, RATE)
  tape.append(tone(30), RATE)
  tape.append(tone(20, -0.25), RATE)
  const { samples, rate } = tape.read()
  assert.equal(rate, RATE)
  assert.equal(tape.lengthMs(), 50)
  assert.deepEqual(samples, toPcm16(Float32Array.of(...tone(30), ...tone(20, -0.25))))
})

test('a pause leaves no gap and no click', () => {
  const tape = createTape(10_000, RATE)
  tape.append(tone(30), RATE)
  tape.cut()
  tape.cut()
  tape.append(tone(30), RATE)
  const { samples } = tape.read()
  assert.equal(samples.length, 60)
  const steps = [...samples].slice(1).map((sample, n) => Math.abs(sample - (samples[n] ?? 0)))
  // Without the fades nothing would step; with a seam in mid-swing everything: here 5 each way.
  assert.ok(Math.max(...steps) <= 3300)
  assert.equal(samples[29], 0)
  assert.equal(samples[30], 0)
  assert.equal(samples[24], 16_384)
  assert.equal(samples[35], 16_384)
})

test('what has come since the last time is handed out once', () => {
  const tape = createTape(10_000, RATE)
  tape.append(tone(30), RATE)
  assert.equal(tape.next().samples.length, 30)
  tape.append(tone(20, -0.25), RATE)
  tape.append(tone(5), RATE)
  assert.deepEqual(tape.next().samples, toPcm16(Float32Array.of(...tone(20, -0.25), ...tone(5))))
  assert.equal(tape.next().samples.length, 0)
  assert.equal(tape.read().samples.length, 55)
})

test('it takes its length and no more, and what is too loud is held', () => {
  const tape = createTape(50, RATE)
  tape.append(tone(40, 2), RATE)
  tape.append(tone(40), RATE)
  tape.append(tone(40), RATE)
  assert.equal(tape.lengthMs(), 50)
  assert.equal(tape.read().samples.length, 50)
  assert.equal(Math.max(...tape.read().samples), 32_767)
})
