import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  ascii,
  concatBytes,
  fromBase64url,
  sameBytes,
  toBase64url,
  toHex,
  uint64,
} from './bytes.ts'

test('bytes are the same when they are, whatever array holds them', () => {
  const some = Uint8Array.of(1, 2, 3)
  assert.ok(sameBytes(some, Uint8Array.of(0, 1, 2, 3).subarray(1)))
  assert.ok(sameBytes(new Uint8Array(), new Uint8Array()))
  for (const other of [[1, 2], [1, 2, 3, 4], [], [1, 2, 4], [0, 2, 3]]) {
    assert.ok(!sameBytes(some, Uint8Array.from(other)), String(other))
    assert.ok(!sameBytes(Uint8Array.from(other), some), String(other))
  }
})

test('parts are joined in order, into an array of its own', () => {
  const part = Uint8Array.of(2, 3)
  const whole = concatBytes(Uint8Array.of(1), part, new Uint8Array(), Uint8Array.of(4))
  part.fill(9)
  assert.deepEqual(whole, Uint8Array.of(1, 2, 3, 4))
  assert.deepEqual(concatBytes(), new Uint8Array())
})

test('ASCII is ASCII: 0 to 127', () => {
  assert.deepEqual(ascii('\0a~\u007f'), Uint8Array.of(0, 97, 126, 127))
  for (const text of ['\u0080', 'ä', 'a\u20ac', '🐻']) assert.throws(() => ascii(text), RangeError)
})

test('a number has eight bytes, the greatest first', () => {
  assert.equal(toHex(uint64(0x0102_0304_0506)), '0000010203040506')
  assert.equal(toHex(uint64(Number.MAX_SAFE_INTEGER)), '001fffffffffffff')
})

test('base64url is read as it is written, and one value has one spelling', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      assert.deepEqual(fromBase64url(toBase64url(bytes)), bytes)
    }),
  )
  assert.equal(toBase64url(Uint8Array.of(251, 255)), '-_8')
  for (const text of ['-_8=', '-_9', '+/8', '-_ 8', '-']) assert.throws(() => fromBase64url(text))
})
