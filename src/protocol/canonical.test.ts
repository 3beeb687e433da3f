import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ed25519 } from '@noble/curves/ed25519.js'
import { verifySignature, isStrongKey } from './ed25519.ts'

// A public key has one spelling. RFC 8032 section 5.1.3 refuses y beyond the prime and a sign for
// x = 0; ZIP-215 verifies with them. There are so few that all can be tried.

const PRIME = 2n ** 255n - 19n
const SIGN = 2n ** 255n

function written(number: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, at) => Number((number >> BigInt(8 * at)) & 255n))
}

/** Every encoding that is not canonical, and whether it stands for a point at all. */
const LOOSE = [
  ...Array.from({ length: 19 }, (_, y) => [PRIME + BigInt(y), PRIME + BigInt(y) + SIGN]).flat(),
  SIGN + 1n,
  SIGN + PRIME - 1n,
].map(written)

function pointOf(key: Uint8Array): InstanceType<typeof ed25519.Point> | undefined {
  try {
    return ed25519.Point.fromBytes(key, true)
  } catch {
    return undefined
  }
}

test('no key in a second spelling is enrolled', () => {
  assert.equal(LOOSE.length, 40)
  for (const key of LOOSE) assert.ok(!isStrongKey(key))
})

test('of those that are points, none is of prime order: each is weak for two reasons', () => {
  const points = LOOSE.map(pointOf).filter((point) => point !== undefined)
  assert.equal(points.length, 26)
  for (const point of points) assert.ok(point.isSmallOrder() || !point.isTorsionFree())
})

test('verification follows ZIP-215 also for them: small order signs anything', () => {
  const signature = new Uint8Array(64).with(0, 1)
  for (const y of [PRIME + 1n, PRIME + 1n + SIGN, SIGN + 1n]) {
    assert.ok(verifySignature(signature, Uint8Array.of(1, 2, 3), written(y)))
  }
})
