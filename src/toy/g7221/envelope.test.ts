import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bitsOf, writeBits } from './bits.ts'
import { measurePowers, readEnvelope, writeEnvelope } from './envelope.ts'
import { ENVELOPE_BOOKS } from './tables.ts'

/** Coefficients whose regions have these mean squares; the rest is zero. */
function spectrum(squares: number[]): Float64Array {
  return Float64Array.from({ length: 320 }, (_, k) => Math.sqrt(squares[Math.floor(k / 20)] ?? 0))
}

function measured(squares: number[]): number[] {
  const powers = new Int8Array(14)
  measurePowers(spectrum(squares), powers)
  return [...powers]
}

const lowest = (count: number): number[] => Array.from({ length: count }, () => -15)

test('a power index counts in steps of 3 dB and rounds', () => {
  const expected = [0, 1, 0, 1, -11, -15, ...lowest(8)]
  assert.deepEqual(measured([2 ** 9, 2 ** 10, 2 ** 9.49, 2 ** 9.51]), expected)
})

test('silence is the lowest power the code has', () => {
  assert.deepEqual(measured([]), [-6, ...lowest(13)])
})

test('what rises or falls too steeply is raised', () => {
  const rise = measured([0, 0, 0, 2 ** 33])
  assert.deepEqual(rise, [-6, 2, 13, 24, 12, 0, -12, ...lowest(7)])
})

test('powers read back as they were written, within 190 bits', () => {
  const powers = Int8Array.of(24, 12, 0, 11, 22, 10, -2, -14, -3, 8, 19, 7, -5, -15)
  const bits = bitsOf(new Uint8Array(40))
  writeEnvelope(bits, powers)
  assert.ok(bits.position <= 190)
  const read = new Int8Array(14)
  const reader = bitsOf(bits.bytes)
  assert.ok(readEnvelope(reader, read))
  assert.deepEqual(read, powers)
  assert.equal(reader.position, bits.position)
})

test('a power out of range is refused', () => {
  for (const [first, step] of [
    [24, 1],
    [-7, -9],
  ] as const) {
    const bits = bitsOf(new Uint8Array(40))
    writeBits(bits, first + 7, 5)
    ENVELOPE_BOOKS.forEach((book, i) => {
      const index = 12 + (i === 0 ? step : 0)
      writeBits(bits, book.words[index] ?? 0, book.lengths[index] ?? 0)
    })
    assert.equal(readEnvelope(bitsOf(bits.bytes), new Int8Array(14)), false)
  }
})
