import assert from 'node:assert/strict'
import { test } from 'node:test'
import { x25519 } from '@noble/curves/ed25519.js'
import { bech32 } from '@scure/base'
import { generateHybridIdentity, identityToRecipient } from 'age-encryption'
import { isStrongRecipient, recipient } from './recipient.ts'

const HONEST = await identityToRecipient(await generateHybridIdentity())

function withKey(change: (key: Uint8Array) => void): string {
  const { words } = bech32.decode(HONEST as `${string}1${string}`, false)
  const key = bech32.fromWords(words)
  change(key)
  return bech32.encode('age1pq', bech32.toWords(key), false)
}

test('a recipient of the library is one of ours, and strong', () => {
  assert.ok(recipient.safeParse(HONEST).success)
  assert.ok(isStrongRecipient(HONEST))
})

test('one key has one spelling', () => {
  const mixed = HONEST.replace(/[a-z](?=\d*$)/, (letter) => letter.toUpperCase())
  assert.notEqual(mixed, HONEST)
  const prefixed = HONEST.replace('age1pq1', 'age1pq1age1pq1').slice(0, HONEST.length)
  for (const text of [HONEST.toUpperCase(), mixed, `${HONEST} `, HONEST.slice(0, -1), prefixed]) {
    assert.ok(!recipient.safeParse(text).success, text.slice(0, 20))
  }
})

test('a recipient of another type or length is none', () => {
  const short = bech32.encode('age1pq', bech32.toWords(new Uint8Array(1215)), false)
  const tagged = bech32.encode('age1tag', bech32.toWords(new Uint8Array(1216)), false)
  for (const text of [short, tagged, `age1${'q'.repeat(1955)}`, '']) {
    assert.ok(!recipient.safeParse(text).success)
    assert.ok(!isStrongRecipient(text))
  }
})

test('coefficients beyond the modulus of ML-KEM are weak, the largest below it is not', () => {
  const pack = (a: number, b: number): number[] => [a & 255, (a >> 8) | ((b & 15) << 4), b >> 4]
  for (const at of [0, 576, 1149]) {
    assert.ok(isStrongRecipient(withKey((key) => key.set(pack(3328, 3328), at))))
    assert.ok(!isStrongRecipient(withKey((key) => key.set(pack(3329, 0), at))))
    assert.ok(!isStrongRecipient(withKey((key) => key.set(pack(0, 3329), at))))
  }
})

test('X25519 shares of small order are weak in all their spellings', () => {
  const shares = [
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000000',
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  ].map((hex) => Uint8Array.from(Buffer.from(hex, 'hex')))
  for (const share of shares) {
    const marked = share.with(31, (share[31] ?? 0) | 128)
    for (const written of [share, marked]) {
      // The library stops on exactly these, and so would every rotation.
      assert.throws(() => x25519.getSharedSecret(new Uint8Array(32).fill(9), written))
      assert.ok(!isStrongRecipient(withKey((key) => key.set(written, 1184))))
    }
  }
})
