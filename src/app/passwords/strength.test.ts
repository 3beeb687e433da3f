import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strengthOf } from './strength.ts'

const NOBODY = { names: [], address: '' }
const FAMILY = {
  names: ['Mia-Zebulon', 'Grandma Rose', 'Zoë', 'Al'],
  address: 'ann.baker@family.example',
}

test('a few words that have nothing to do with each other are good', () => {
  for (const password of [
    'correct horse battery staple',
    'tea and biscuits at four',
    'Kaffeekanne unter dem Regenschirm',
    'vK9#mq2!xTzr7&Lw',
  ]) {
    assert.notEqual(strengthOf(password, NOBODY).level, 'weak', password)
  }
})

test('what is tried first is weak, however long', () => {
  for (const password of [
    'aaaaaaaaaaaaaaaaaaaaaa',
    'passwordpassword',
    'qwertyuiopasdfgh',
    'P@ssw0rd1234567890',
    '123456789012345678',
    'abcabcabcabcabcabc',
  ]) {
    assert.equal(strengthOf(password, NOBODY).level, 'weak', password)
  }
})

test('names of the family are no words to guess', () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    'Mia-Zebulon 2017!': ['Mia-Zebulon'],
    miazebulonmiazebulon: ['MiaZebulon'],
    'zebulon loves mia': ['Zebulon', 'Mia'],
    'M1a & Z3bul0n 4ever': ['Zebulon', 'Mia'],
    'zoe zoe zoe zoe zoe': ['Zoë'],
    'ZOË ♥ grandma rose': ['Grandma Rose', 'Zoë'],
    'ann.baker 20172017': ['ann.baker'],
    'cloudpets pawpost bear': ['cloudpets', 'pawpost', 'bear'],
  }
  for (const [password, known] of Object.entries(cases)) {
    assert.deepEqual(strengthOf(password, FAMILY), { level: 'weak', known }, password)
  }
})

test('a name in a long password does no harm', () => {
  const strength = strengthOf('three purple kettles for Mia on the ferry', FAMILY)
  assert.deepEqual(strength, { level: 'strong', known: [] })
})

test('no password takes long to look at', () => {
  const hard = ['l33t$1!|@4'.repeat(25), 'Kj8$'.repeat(60), '4@5$7+'.repeat(40), '🐻'.repeat(128)]
  for (const password of hard) {
    const before = process.cpuUsage()
    strengthOf(password, FAMILY)
    const ms = process.cpuUsage(before).user / 1000
    assert.ok(ms < 1000, `${password.slice(0, 10)}: ${ms} ms`)
  }
})
