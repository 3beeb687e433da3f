import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seedIdentity } from './age.ts'
import { addSecret, EMPTY_KEYRING, findSecret, identitiesFor, secretsOf } from './keyring.ts'
import { newPrincipalId, type Secret } from './principal.ts'

const [us, her, bear] = [newPrincipalId(), newPrincipalId(), newPrincipalId()]

function secret(of: Secret['of'], epoch: number): Secret {
  return { of, epoch, secret: new Uint8Array(32).fill(epoch) }
}

const keyring = [secret(us, 2), secret(her, 1), secret(us, 3), secret(us, 1)].reduce(
  addSecret,
  EMPTY_KEYRING,
)

test('a keyring finds what was added, and nothing else', () => {
  assert.deepEqual(findSecret(keyring, us, 2), secret(us, 2))
  assert.equal(findSecret(keyring, us, 4), undefined)
  assert.equal(findSecret(keyring, bear, 1), undefined)
})

test('adding changes no keyring that somebody else looks at', () => {
  const before = addSecret(EMPTY_KEYRING, secret(us, 1))
  addSecret(before, secret(us, 2))
  addSecret(before, secret(her, 1))
  assert.deepEqual(secretsOf(before), [secret(us, 1)])
  assert.deepEqual(secretsOf(EMPTY_KEYRING), [])
})

test('all secrets come out, the oldest epoch of each principal first', () => {
  const told = secretsOf(keyring).map(({ of, epoch }) => [of, epoch])
  assert.deepEqual(told, [
    [us, 1],
    [us, 2],
    [us, 3],
    [her, 1],
  ])
})

test('only secrets of the addressees are tried, the newest first', () => {
  const identity = (epoch: number): string => seedIdentity(new Uint8Array(32).fill(epoch))
  assert.deepEqual(identitiesFor(keyring, [us]), [3, 2, 1].map(identity))
  assert.deepEqual(identitiesFor(keyring, [her, bear]), [identity(1)])
  assert.deepEqual(identitiesFor(keyring, [bear]), [])
})
