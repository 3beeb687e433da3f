import assert from 'node:assert/strict'
import { test } from 'node:test'
import { normalisePassword, requireGoodPassword } from './policy.ts'

const ADDRESS = 'rosemary.miller@gardenmail.example'

function verdict(password: string): string {
  try {
    requireGoodPassword(password, ADDRESS)
    return 'good'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'crashed'
  }
}

test('passwords that thieves try first are refused', () => {
  const common = [
    'aaaaaaaaaaaaaaa',
    'passwordpassword',
    'PasswordPassword',
    '123456789012345',
    '1qaz2wsx3edc4rfv',
    'qwertyuiopasdfgh',
    'abcdefghijklmnop',
    'password1234567',
    'iloveyouiloveyou',
    'elephantelephant',
    'givemelibertyorgivemedeath',
    'there is no spoon.',
    'abc123abc123abc123',
    '111222333444555',
  ]
  for (const password of common) assert.equal(verdict(password), 'password-common', password)
})

test('the own address and the name of the product are no passwords', () => {
  const context = [
    ADDRESS,
    'Rosemary.Miller',
    'rosemarymiller1',
    'pawpostcloudpets',
    'MyPawpostPawpost',
    'gardenmail-rosemary',
  ]
  for (const password of context) assert.equal(verdict(password), 'password-context', password)
})

test('length counts what a person counts, and nothing else is asked for', () => {
  assert.equal(verdict('tea at four ok'), 'password-short')
  assert.equal(verdict('tea at four okay'), 'good')
  assert.equal(verdict('🐻🐘🦊🐰🐨🦁🐯🐮🐷🐸🐵🐔🐧🐤🦆'), 'good')
  assert.equal(verdict('🐻🐘🦊🐰🐨🦁🐯'), 'password-short')
  assert.equal(verdict('correct horse battery staple'), 'good')
  assert.equal(verdict('my pawpost is for grandma rosemary'), 'good')
  const long = Array.from({ length: 260 }, (_, index) => 'tea cup bread moon'[(index * 7) % 18])
  assert.equal(verdict(long.slice(0, 256).join('')), 'good')
  assert.equal(verdict(long.slice(0, 257).join('')), 'password-long')
})

test('one password is one password, however the keyboard composes it', () => {
  assert.equal(normalisePassword('Gru\u0308\u00dfe'), normalisePassword('Gr\u00fc\u00dfe'))
  assert.equal(verdict('u\u0308'.repeat(14)), 'password-short')
})
