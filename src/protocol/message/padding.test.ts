import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { toCbor } from '../cbor.ts'
import { pad, unpad } from './inner.ts'
import { BUCKETS } from './outer.ts'

const KIB = 1024
const s = new Uint8Array(64)

function refuses(plaintext: Uint8Array, reason: string): void {
  assert.throws(() => unpad(plaintext), { code: 'message-refused', reason })
}

test('the buckets are those of the design', () => {
  assert.deepEqual(
    BUCKETS,
    [4, 16, 32, 48, 64, 96, 128, 256].map((kib) => kib * KIB),
  )
})

test('a message is padded to the smallest bucket that holds it, and comes out again', () => {
  const around = fc
    .constantFrom(...BUCKETS)
    .chain((size) => fc.nat({ max: 200 }).map((less) => size - less))
  fc.assert(
    fc.property(
      fc.oneof(around, fc.integer({ min: 1, max: 256 * KIB })),
      fc.nat(255),
      (size, fill) => {
        const original = { i: new Uint8Array(Math.max(1, size - 80)).fill(fill), s }
        const padded = pad(original)
        const needed = 4 + toCbor(original).length
        assert.equal(
          padded.length,
          BUCKETS.find((bucket) => bucket >= needed),
        )
        assert.deepEqual(unpad(padded), original)
      },
    ),
    { numRuns: 60 },
  )
})

test('each bucket is filled to its last byte, and one byte more takes the next', () => {
  const overhead = 4 + toCbor({ i: new Uint8Array(3000), s }).length - 3000
  for (const [index, bucket] of BUCKETS.entries()) {
    // A length of 65,536 and more takes two bytes more in CBOR.
    const full = bucket - overhead - (bucket - overhead - 2 > 65_535 ? 2 : 0)
    assert.equal(pad({ i: new Uint8Array(full), s }).length, bucket)
    const next = BUCKETS[index + 1]
    if (next === undefined) {
      assert.throws(() => pad({ i: new Uint8Array(full + 1), s }), { reason: 'too-large' })
    } else {
      assert.equal(pad({ i: new Uint8Array(full + 1), s }).length, next)
    }
  }
})

test('a plaintext that is no bucket, or whose padding says something, is refused', () => {
  const padded = pad({ i: Uint8Array.of(1), s })
  for (const length of [0, 3, 4095, 4097, 5000, 512 * KIB]) {
    refuses(new Uint8Array(length), 'padding-invalid')
  }
  const used = 4 + toCbor({ i: Uint8Array.of(1), s }).length
  for (const at of [used, used + 1, 4095]) refuses(padded.with(at, 1), 'padding-invalid')
  const long = padded.slice()
  new DataView(long.buffer).setUint32(0, 4093)
  refuses(long, 'padding-invalid')
  new DataView(long.buffer).setUint32(0, 0xffffffff)
  refuses(long, 'padding-invalid')
  new DataView(long.buffer).setUint32(0, 4092)
  refuses(long, 'inner-malformed')
  refuses(new Uint8Array(4096), 'inner-malformed')
})

test('a view into larger memory is read at its own place', () => {
  const padded = pad({ i: Uint8Array.of(1, 2), s })
  const memory = new Uint8Array(9000).fill(255)
  memory.set(padded, 77)
  assert.deepEqual(unpad(memory.subarray(77, 77 + padded.length)), { i: Uint8Array.of(1, 2), s })
})
