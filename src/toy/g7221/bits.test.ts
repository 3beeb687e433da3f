import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bitsLeft, bitsOf, fillWithOnes, onlyOnesLeft, readBits, writeBits } from './bits.ts'

test('bytes fill from the least significant end, values from the most significant one', () => {
  const bytes = new Uint8Array(2)
  const bits = bitsOf(bytes)
  writeBits(bits, 0b01111, 5)
  writeBits(bits, 0b1001, 4)
  assert.deepEqual([...bytes], [0b00111110, 0b00000001])
  const reader = bitsOf(bytes)
  assert.equal(readBits(reader, 5), 0b01111)
  assert.equal(readBits(reader, 4), 0b1001)
  assert.equal(bitsLeft(reader), 7)
})

test('filler replaces whatever was there', () => {
  const bytes = Uint8Array.of(0xaa, 0x55)
  const bits = bitsOf(bytes)
  writeBits(bits, 0, 3)
  fillWithOnes(bits)
  assert.deepEqual([...bytes], [0xf8, 0xff])
  const reader = bitsOf(bytes)
  assert.equal(onlyOnesLeft(reader), false)
  reader.position = 3
  assert.ok(onlyOnesLeft(reader))
})
