import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountFacts } from '../../../client/account.ts'
import { linesOfAccount } from './account-lines.ts'

const PLAIN: AccountFacts = {
  passwordMonths: 0,
  passwordBreached: false,
  addressBreaches: [],
  sessions: 1,
  browsers: 1,
  factors: { totp: 0, passkeys: 0, recoveryCodes: 0 },
}
const SAFE: AccountFacts = { ...PLAIN, factors: { totp: 1, passkeys: 0, recoveryCodes: 10 } }

function looks(facts: AccountFacts): readonly string[] {
  return linesOfAccount(facts)
    .filter(({ state }) => state === 'look')
    .map(({ title, todo }) => `${title} ${todo?.to}`)
}

test('a password alone is to be looked at', () => {
  assert.deepEqual(looks(PLAIN), ['Your password is the only lock /settings/signing-in'])
})

test('an app or a passkey is enough, with recovery codes beside', () => {
  assert.deepEqual(looks(SAFE), [])
  assert.deepEqual(looks({ ...PLAIN, factors: { totp: 0, passkeys: 1, recoveryCodes: 3 } }), [])
  assert.deepEqual(looks({ ...PLAIN, factors: { totp: 1, passkeys: 0, recoveryCodes: 2 } }), [
    'Recovery codes run out /settings/signing-in',
  ])
})

test('a list that the address is on asks for a new password, and says whose list it is', () => {
  const addressBreaches = ['Toy Shop', 'Games Club'].map((source) => ({
    source,
    foundAt: '2026-11-23T04:00:00.000Z',
  }))
  const facts = { ...SAFE, addressBreaches }
  assert.deepEqual(looks(facts), ['Your address was stolen elsewhere /settings/password'])
  assert.match(linesOfAccount(facts)[0]?.says ?? '', /around: Toy Shop, Games Club\. /)
})

test('a stolen password comes first; where nobody looked, nobody says that it is fine', () => {
  assert.deepEqual(looks({ ...SAFE, passwordBreached: true }), [
    'Your password was stolen somewhere /settings/password',
  ])
  const { passwordBreached: _, ...unlooked } = SAFE
  assert.match(linesOfAccount(unlooked)[0]?.says ?? '', /nobody has looked/i)
})

test('where somebody is signed in is told, and where to end it', () => {
  const line = linesOfAccount({ ...SAFE, sessions: 3 }).at(-1)
  assert.deepEqual([line?.title, line?.todo?.to], ['Signed in at 3 places', '/settings/sessions'])
})
