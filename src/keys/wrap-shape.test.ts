import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sha256 } from '@noble/hashes/sha2.js'
import { keyringOf, wholeFamily } from '../../test/harness/family.ts'
import { toCbor } from '../protocol/cbor.ts'
import type { Household } from '../protocol/log/household.ts'
import { encryptTo } from './age.ts'
import { findSecret } from './keyring.ts'
import { openWrap, type Secret } from './principal.ts'

// What is inside a wrap that the log names has one shape, also when the secret is the right one.

const { family, mum } = await wholeFamily()
const us = family.household.principal
const secret = findSecret(await keyringOf(family, mum.device), us, 2)
assert.ok(secret)
const known: Secret = secret

/** The household as if its log named this wrap of epoch 2 for mum. */
function naming(wrap: Uint8Array): Household {
  const { household } = family
  const principal = household.principals.get(us)
  assert.ok(principal)
  const wraps = [{ to: mum.device.id, hash: sha256(wrap) }]
  const epochs = principal.epochs.map((epoch) => ({ ...epoch, wraps }))
  const principals = new Map(household.principals).set(us, { ...principal, epochs })
  return { ...household, principals }
}

async function opened(inside: object): Promise<Secret> {
  const wrap = await encryptTo([mum.device.kem], toCbor(inside))
  return openWrap(naming(wrap), mum.device, wrap, { of: us, epoch: 2 })
}

test('a wrap holds version, principal, epoch and secret, and nothing else', async () => {
  assert.deepEqual(await opened({ v: 1, ...known }), known)
  const wrong = { code: 'tampered', reason: 'wrap-wrong' }
  const { of, epoch, secret: seed } = known
  for (const inside of [
    { ...known, v: 2 },
    { ...known },
    { v: 1, ...known, note: 'x' },
    { v: 1, of, epoch },
    { v: 1, of, epoch, secret: seed.slice(1) },
    { v: 1, of, epoch: String(epoch), secret: seed },
  ]) {
    await assert.rejects(opened(inside), wrong, JSON.stringify(inside))
  }
})
