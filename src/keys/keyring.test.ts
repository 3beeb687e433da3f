import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seedIdentity } from './age.ts'
import type { PrincipalId } from '../protocol/ids.ts'
import type { Addressee } from '../protocol/message/addressees.ts'
import {
  addSecret,
  EMPTY_KEYRING,
  findSecret,
  identitiesFor,
  identitiesOf,
  secretsOf,
} from './keyring.ts'
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

test('only the secrets of the addressees at the named epochs are tried', () => {
  const identity = (epoch: number): string => seedIdentity(new Uint8Array(32).fill(epoch))
  const to = (pid: PrincipalId, epoch: number): Addressee => ({ pid, epoch })
  assert.deepEqual(identitiesFor(keyring, [to(us, 2)]), [identity(2)])
  assert.deepEqual(identitiesFor(keyring, [to(us, 4)]), [])
  assert.deepEqual(
    identitiesFor(keyring, [to(us, 3), to(bear, 1), to(her, 1)]),
    [3, 1].map(identity),
  )
  assert.deepEqual(identitiesOf(keyring, us), [3, 2, 1].map(identity))
  assert.deepEqual(identitiesOf(keyring, bear), [])
})
