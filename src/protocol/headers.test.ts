import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ed25519 } from '@noble/curves/ed25519.js'
import { deviceIdOf } from './ed25519.ts'
import {
  readSignatureInput,
  requestNonce,
  signedHeaders,
  verifyRequest,
  type SignableRequest,
} from './request-signature.ts'

// A header says what it says and nothing around it: another label, another signature, a space.

const seed = new Uint8Array(32).fill(7)
const key = ed25519.getPublicKey(seed)
const request: SignableRequest = {
  method: 'GET',
  authority: 'pawpost.example',
  path: '/',
  query: '?',
  body: new Uint8Array(),
}
const parameters = {
  signer: deviceIdOf(key),
  created: 1_777_593_600,
  nonce: requestNonce(new Uint8Array(16)),
}
const headers = await signedHeaders(request, parameters, async (bytes) => ed25519.sign(bytes, seed))
const malformed = { code: 'signature-refused', reason: 'malformed' }

/** A header with something before it or behind it. */
function around(header: string): readonly string[] {
  return [`x${header}`, ` ${header}`, `sig=:AA==:, ${header}`, `${header}x`, `${header} `]
}

test('Signature-Input stands alone', () => {
  assert.deepEqual(readSignatureInput(headers['signature-input']), parameters)
  for (const value of around(headers['signature-input'])) {
    assert.throws(() => readSignatureInput(value), malformed, value)
  }
})

test('Signature stands alone', () => {
  const digest = headers['content-digest']
  const now = parameters.created * 1000
  const verify = (signature: string): void =>
    verifyRequest(request, { input: parameters, signature, digest }, key, now)
  verify(headers.signature)
  for (const value of around(headers.signature)) assert.throws(() => verify(value), malformed)
})
