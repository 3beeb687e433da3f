import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assert as check, property, uint8Array } from 'fast-check'
import { toBase64url } from '../../protocol/bytes.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'

test('it writes what the protocol writes, and reads it back', () => {
  check(
    property(uint8Array(), (bytes) => {
      assert.equal(encodeBase64(bytes), toBase64url(bytes))
      assert.deepEqual(decodeBase64(encodeBase64(bytes)), bytes)
    }),
  )
})

test('it reads nothing that it would not write', () => {
  for (const text of ['A', 'AB', 'AAB', 'AA==', 'A+', 'A/', 'AA A', '£££']) {
    assert.throws(() => decodeBase64(text), { code: 'bad-request' }, text)
  }
})
