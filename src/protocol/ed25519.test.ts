import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ed25519 } from '@noble/curves/ed25519.js'
import { deviceIdOf, isStrongKey, verifySignature } from './ed25519.ts'

const seed = new Uint8Array(32).fill(3)
const key = ed25519.getPublicKey(seed)
const message = new TextEncoder().encode('good night')

/** The fourteen encodings of the eight points of small order (the public ZIP-215 test vectors). */
const SMALL_ORDER = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000080',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
].map((hex) => Uint8Array.from(Buffer.from(hex, 'hex')))

test('a key of small order signs anything under ZIP-215, and is never strong', () => {
  for (const point of SMALL_ORDER) {
    // R = A and S = 0 for any text: 8(S·B - R - k·A) is the identity whatever k is.
    const signature = new Uint8Array(64)
    signature.set(point)
    assert.ok(verifySignature(signature, message, point), Buffer.from(point).toString('hex'))
    assert.ok(!isStrongKey(point))
  }
})

test('an honest key is strong; anything that is no key is not', () => {
  assert.ok(isStrongKey(key))
  const mixed = ed25519.Point.fromBytes(key)
    .add(ed25519.Point.fromBytes(SMALL_ORDER[6] ?? key))
    .toBytes()
  assert.ok(!isStrongKey(mixed))
  for (const length of [0, 31, 33]) assert.ok(!isStrongKey(new Uint8Array(length).fill(1)))
  assert.ok(!isStrongKey(new Uint8Array(32).fill(255)))
})

test('a signature fits its text and its key, and nothing else; nothing throws', () => {
  const signature = ed25519.sign(message, seed)
  assert.ok(verifySignature(signature, message, key))
  const other = ed25519.getPublicKey(new Uint8Array(32).fill(4))
  assert.ok(!verifySignature(signature, message, other))
  for (let at = 0; at < 64; at += 1) {
    const changed = signature.with(at, (signature[at] ?? 0) ^ 1)
    assert.ok(!verifySignature(changed, message, key), `byte ${at}`)
  }
  for (const length of [0, 63, 65]) {
    assert.ok(!verifySignature(new Uint8Array(length), message, key))
    assert.ok(!verifySignature(signature, message, new Uint8Array(length)))
  }
})

test('a second S for one signature is refused: S must be below the order', () => {
  const signature = ed25519.sign(message, seed)
  const order = ed25519.Point.Fn.ORDER
  const s = signature.slice(32).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n) + order
  const large = Uint8Array.from({ length: 32 }, (_, at) => Number((s >> BigInt(8 * at)) & 255n))
  const changed = Uint8Array.of(...signature.slice(0, 32), ...large)
  assert.ok(!verifySignature(changed, message, key))
})

test("a device's id follows from its signature key alone", () => {
  assert.equal(deviceIdOf(key), deviceIdOf(Uint8Array.from(key)))
  assert.notEqual(deviceIdOf(key), deviceIdOf(ed25519.getPublicKey(new Uint8Array(32).fill(4))))
})
