import assert from 'node:assert/strict'
import { test } from 'node:test'
import { normaliseAddress } from './address.ts'

test('an address has one form', () => {
  assert.equal(normaliseAddress(' Grandma.Rose+Bear@Example.ORG '), 'grandma.rose+bear@example.org')
  assert.equal(normaliseAddress('oma@müller.example'), 'oma@xn--mller-kva.example')
})

test('what is no address is refused', () => {
  const wrong = [
    '',
    '@',
    'a',
    'a@',
    '@b.example',
    'a@b',
    'a b@c.example',
    'a@b c.example',
    'a..b@c.example',
    '.a@c.example',
    'a.@c.example',
    'a@.example',
    'a@c.example.',
    'a@[127.0.0.1]',
    'a@1.2.3.4',
    'a@b.example\r\nBcc: c@d.example',
    'a\0@b.example',
    '"a b"@c.example',
    'a@b@c.example',
    '\ud800@b.example',
    `${'a'.repeat(65)}@b.example`,
    `a@${'b'.repeat(250)}.example`,
  ]
  for (const text of wrong) {
    assert.throws(() => normaliseAddress(text), { code: 'address-invalid' }, JSON.stringify(text))
  }
})
