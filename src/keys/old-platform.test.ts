import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifySignature } from '../protocol/ed25519.ts'
import { randomBytes, seededDevice } from './device.ts'

// A phone that is some years old: its WebCrypto has no Ed25519.

const importKey = crypto.subtle.importKey.bind(crypto.subtle)
before(() => {
  crypto.subtle.importKey = () =>
    Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'))
})
after(() => {
  crypto.subtle.importKey = importKey
})

test('a device of seeds signs where the platform cannot, and exactly as it would', async () => {
  const [sign, kem, words] = [randomBytes(32), randomBytes(32), randomBytes(100)]
  const old = await seededDevice(sign, kem)
  const signature = await old.sign(words)
  assert.ok(verifySignature(signature, words, old.sig))
  crypto.subtle.importKey = importKey
  const recent = await seededDevice(sign, kem)
  assert.equal(recent.id, old.id)
  assert.deepEqual(await recent.sign(words), signature)
})
