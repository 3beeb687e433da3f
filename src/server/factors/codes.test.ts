import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountId } from '../../protocol/ids.ts'
import { hashRecoveryCode, newRecoveryCodes } from './codes.ts'

const [ann, bob] = [1, 2].map((byte) => accountId.from(new Uint8Array(16).fill(byte)))
assert.ok(ann && bob)

test('ten codes of 150 random bits, in an alphabet without lookalikes', () => {
  const codes = newRecoveryCodes()
  assert.equal(new Set(codes).size, 10)
  for (const code of codes) assert.match(code, /^([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]{5}$/)
  const letters = new Set(Array.from({ length: 40 }, newRecoveryCodes).flat().join(''))
  assert.equal(letters.size, 33)
})

test('a code is read as people type it', () => {
  const kept = hashRecoveryCode(ann, '01AB0-1CDEF-GHJKM-NPQRS-TVWXY-Z2345')
  const typed = [
    'O1ab0-icdef-ghjkm-npqrs-tvwxy-z2345',
    ' oLAB0 1CDEF GHJKM NPQRS TVWXY Z2345 ',
    '01AB01CDEFGHJKMNPQRSTVWXYZ2345',
    '01AB0–1CDEF—GHJKM‑NPQRS-TVWXY-Z2345',
  ]
  for (const text of typed) assert.deepEqual(hashRecoveryCode(ann, text), kept, text)
})

test('one account’s code is another’s in no way, and what is no code has no hash', () => {
  const [code = ''] = newRecoveryCodes()
  assert.notDeepEqual(hashRecoveryCode(ann, code), hashRecoveryCode(bob, code))
  // The last one is spelled as the code of a recovery card.
  const wrong = ['', '0', code.slice(1), `${code}0`, code.replace(/^./, 'U'), 'ABCD-'.repeat(7)]
  for (const text of wrong) assert.equal(hashRecoveryCode(ann, text), undefined, text)
})
