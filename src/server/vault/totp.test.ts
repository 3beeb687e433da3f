import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acceptedStep, newTotpSecret, totpText, totpUri } from './totp.ts'

/** RFC 6238 appendix B, SHA-1: seconds and the last six of the eight digits. */
const SECRET = Buffer.from('12345678901234567890')
const VECTORS = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const

test('the codes of RFC 6238 are right at their time', () => {
  for (const [seconds, code] of VECTORS) {
    assert.equal(acceptedStep(SECRET, code, seconds * 1000, -1), Math.floor(seconds / 30), code)
  }
})

test('a code is right one step before and after its own, and no further', () => {
  const [seconds, code] = VECTORS[3]
  const step = Math.floor(seconds / 30)
  const at = (away: number): number | undefined =>
    acceptedStep(SECRET, code, (step + away) * 30_000, -1)
  assert.deepEqual([-2, -1, 0, 1, 2].map(at), [undefined, step, step, step, undefined])
})

test('a step is accepted once, and none before it any more', () => {
  const [seconds, code] = VECTORS[3]
  const step = Math.floor(seconds / 30)
  assert.equal(acceptedStep(SECRET, code, seconds * 1000, step - 1), step)
  assert.equal(acceptedStep(SECRET, code, seconds * 1000, step), undefined)
  assert.equal(acceptedStep(SECRET, code, seconds * 1000, step + 1), undefined)
})

test('what is no code of six digits is not accepted', () => {
  const wrong = ['', '5924', '05924', '0005924', ' 05924', '005924 ', '٠٠٥٩٢٤', '00592\0', '-05924']
  for (const code of wrong) {
    assert.equal(acceptedStep(SECRET, code, 1_234_567_890_000, -1), undefined, code)
  }
})

test('a secret has 160 bits, and an app reads it from the URI', () => {
  const secret = newTotpSecret()
  assert.equal(secret.length, 20)
  assert.notDeepEqual(secret, newTotpSecret())
  assert.equal(totpText(SECRET), 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  const uri = new URL(totpUri(SECRET, 'family.example'))
  assert.equal(
    `${uri.protocol}//${uri.host}${uri.pathname}`,
    'otpauth://totp/Pawpost:family.example',
  )
  assert.deepEqual(Object.fromEntries(uri.searchParams), {
    issuer: 'Pawpost',
    secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  })
})
