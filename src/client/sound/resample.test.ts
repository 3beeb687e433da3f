import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resample } from './resample.ts'

const sine = (rate: number, hertz: number): Float32Array =>
  Float32Array.from({ length: rate }, (_, n) => 0.5 * Math.sin((2 * Math.PI * hertz * n) / rate))

/** Without the ends, where the silence around the sound comes in. */
const middle = (samples: Float32Array): Float32Array => samples.subarray(200, -200)

const power = (samples: Float32Array): number =>
  samples.reduce((sum, x) => sum + x * x, 0) / samples.length

const decibels = (ratio: number): number => 10 * Math.log10(ratio)

for (const rate of [8_000, 11_025, 22_050, 44_100, 48_000, 96_000, 15_999]) {
  test(`a tone at ${rate} Hz keeps its shape at 16 kHz`, () => {
    const hertz = 0.4 * Math.min(rate, 16_000)
    const expected = sine(16_000, hertz)
    const heard = resample(sine(rate, hertz), rate, 16_000)
    assert.equal(heard.length, 16_000)
    const error = middle(heard.map((x, i) => x - (expected[i] ?? 0)))
    const ratio = decibels(power(error) / power(middle(expected)))
    assert.ok(ratio < -70, String(ratio))
  })
}

test('7 kHz passes, 8.1 kHz and above do not fold back', () => {
  const level = (hertz: number): number =>
    decibels(power(middle(resample(sine(48_000, hertz), 48_000, 16_000))) / 0.125)
  assert.ok(Math.abs(level(7_000)) < 0.1, String(level(7_000)))
  for (const hertz of [8_100, 9_500, 12_000, 20_000]) {
    assert.ok(level(hertz) < -75, `${hertz}: ${level(hertz)}`)
  }
})

test('a steady level stays, the same rate changes nothing, nothing stays nothing', () => {
  const steady = new Float32Array(44_100).fill(0.25)
  for (const x of middle(resample(steady, 44_100, 16_000))) assert.ok(Math.abs(x - 0.25) < 1e-4)
  assert.equal(resample(steady, 16_000, 16_000), steady)
  assert.equal(resample(new Float32Array(0), 44_100, 16_000).length, 0)
})
