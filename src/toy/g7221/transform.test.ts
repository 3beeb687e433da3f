import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '../../../test/codec/material.ts'
import { dct4 } from './dct.ts'
import { analyse, MEMORY, synthesise } from './transform.ts'

// Row T2 of the conformance table, and the check values of the transform.

const near = (actual: number | undefined, expected: number, within: number): void =>
  assert.ok(Math.abs((actual ?? NaN) - expected) < within, `${actual}, expected ${expected}`)

test('the fast DCT-IV equals the sum that defines it', () => {
  const random = seeded(1)
  const input = Float64Array.from({ length: 320 }, () => random() - 0.5)
  const output = new Float64Array(320)
  dct4(input, output)
  for (let k = 0; k < 320; k++) {
    const sum = input.reduce(
      (sum, u, n) => sum + u * Math.cos((Math.PI / 320) * (n + 0.5) * (k + 0.5)),
      0,
    )
    near(output[k], Math.sqrt(2 / 320) * sum, 1e-11)
  }
})

test('analysis gives the check values', () => {
  const impulse = new Float64Array(320)
  impulse[0] = 1_000
  const coefficients = new Float64Array(320)
  analyse(new Float64Array(320), impulse, coefficients)
  const expected = [55.76416, -56.311621, -55.211324, 56.853655]
  expected.forEach((value, k) => near(coefficients[k], value, 1e-6))

  const sine = Float64Array.from({ length: 320 }, (_, n) => 10_000 * Math.sin((Math.PI * n) / 8))
  analyse(sine, sine, coefficients)
  near(coefficients[39], 70_274.6935, 1e-3)
  near(coefficients[40], -105_173.5112, 1e-3)
  coefficients.forEach((x, k) => {
    if (k !== 39 && k !== 40) near(x, 0, 1e-6)
  })
})

test('synthesis undoes analysis, one block late', () => {
  const random = seeded(2)
  const noise = (): Float64Array =>
    Float64Array.from({ length: 320 }, () => 65_536 * random() - 32_768)
  const memory = new Float64Array(MEMORY)
  const coefficients = new Float64Array(320)
  const samples = new Float64Array(320)
  let previous = new Float64Array(320)
  for (let block = 0; block < 20; block++) {
    const present = noise()
    analyse(previous, present, coefficients)
    synthesise(coefficients, memory, samples)
    samples.forEach((y, i) => near(y, previous[i] ?? NaN, 1e-6))
    previous = Float64Array.from(present)
  }
})
