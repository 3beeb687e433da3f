import assert from 'node:assert/strict'
import { test } from 'node:test'
import { normalisePassword } from './policy.ts'

test('one password is one password, however the keyboard composes it', () => {
  assert.equal(normalisePassword('Gru\u0308\u00dfe'), normalisePassword('Gr\u00fc\u00dfe'))
  assert.equal(normalisePassword('a\ud800b'), 'a\ufffdb')
})
