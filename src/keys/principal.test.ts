import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sha256 } from '@noble/hashes/sha2.js'
import { append, copyOf, standing, wholeFamily, type Family } from '../../test/harness/family.ts'
import { forgeLink } from '../../test/harness/forgery.ts'
import { toHex } from '../protocol/bytes.ts'
import { toCbor } from '../protocol/cbor.ts'
import type { PrincipalId } from '../protocol/ids.ts'
import { encryptTo, seedRecipient } from './age.ts'
import { randomBytes, type Device } from './device.ts'
import { proposeRotate } from './links.ts'
import { openWrap, wrapSecret, type Secret } from './principal.ts'

const { family, mum, dad, grandma, toy } = await wholeFamily()
const us = family.household.principal

/** The wrap that the log names. */
function wrapFor(of: PrincipalId, epoch: number, to: Device, from: Family = family): Uint8Array {
  const { wraps } = from.household.principals.get(of)?.epochs[epoch - 1] ?? { wraps: [] }
  const hash = wraps.find((wrap) => wrap.to === to.id)?.hash
  const wrap = hash && from.wraps.get(toHex(hash))
  assert.ok(wrap, 'the log names this wrap')
  return wrap
}

function unlogged(device: Device, wrap: Uint8Array, of: PrincipalId, epoch: number) {
  return assert.rejects(openWrap(family.household, device, wrap, { of, epoch }), {
    code: 'tampered',
    reason: 'wrap-unlogged',
  })
}

/**
 * A log whose guardian mum named this very wrap for dad in a rotation: what a malicious member, or
 * a broken program, could sign. The log alone cannot tell.
 */
async function withWrap(
  make: (secret: Secret) => Promise<Uint8Array>,
): Promise<{ from: Family; wrap: Uint8Array }> {
  const from = copyOf(family)
  const honest = await proposeRotate(standing(from, mum.device), us)
  const probe = copyOf(from)
  append(probe, honest)
  const epoch = probe.household.principals.get(us)?.epochs.at(-1)
  assert.ok(epoch)
  const { rec, wraps: named } = epoch
  const [secret] = honest.secrets
  assert.ok(secret)
  const wrap = await make(secret)
  const wraps = named.map((ref) =>
    ref.to === dad.device.id ? { ...ref, hash: sha256(wrap) } : ref,
  )
  const a = { rotation: { id: us, epoch: 3, rec, wraps } }
  const link = await forgeLink(from, mum.device, { op: 'rotate', a })
  append(from, { link: Uint8Array.from(link), wraps: [], secrets: [] })
  return { from, wrap }
}

async function wrong(make: (secret: Secret) => Promise<Uint8Array>): Promise<void> {
  const { from, wrap } = await withWrap(make)
  await assert.rejects(openWrap(from.household, dad.device, wrap, { of: us, epoch: 3 }), {
    code: 'tampered',
    reason: 'wrap-wrong',
  })
}

test('every holder opens its wraps, and gets the secret of the recipient in the log', async () => {
  for (const { device } of [mum, dad]) {
    for (const epoch of [1, 2]) {
      const secret = await openWrap(family.household, device, wrapFor(us, epoch, device), {
        of: us,
        epoch,
      })
      const rec = family.household.principals.get(us)?.epochs[epoch - 1]?.rec
      assert.equal(await seedRecipient(secret.secret), rec)
    }
  }
})

test("another holder's wrap is not taken", async () => {
  await unlogged(dad.device, wrapFor(us, 2, mum.device), us, 2)
})

test("another principal's wrap is not taken", async () => {
  await unlogged(grandma.device, wrapFor(toy.person, 1, toy.device), grandma.person, 1)
  await unlogged(mum.device, wrapFor(mum.person, 1, mum.device), us, 1)
})

test("another epoch's wrap is not taken, whichever the server says it is", async () => {
  await unlogged(mum.device, wrapFor(us, 1, mum.device), us, 2)
  await unlogged(mum.device, wrapFor(us, 2, mum.device), us, 1)
  await unlogged(mum.device, wrapFor(us, 2, mum.device), us, 3)
  await unlogged(mum.device, wrapFor(us, 2, mum.device), 'pr-' as PrincipalId, 1)
})

test('a wrap planted by somebody who knows all public keys is not taken', async () => {
  const secret = { of: us, epoch: 2, secret: randomBytes(32) }
  const { bytes } = await wrapSecret(secret, dad.device)
  await unlogged(dad.device, bytes, us, 2)
})

test('the same secret wrapped once more is not taken: the log names the first wrap', async () => {
  const known = await openWrap(family.household, dad.device, wrapFor(us, 2, dad.device), {
    of: us,
    epoch: 2,
  })
  const { bytes } = await wrapSecret(known, dad.device)
  await unlogged(dad.device, bytes, us, 2)
})

test('a wrap that the log names, and that holds another secret, is never used', async () => {
  await wrong(async ({ of, epoch }) => {
    const { bytes } = await wrapSecret({ of, epoch, secret: randomBytes(32) }, dad.device)
    return bytes
  })
})

test('a wrap that the log names, and that is labelled otherwise inside, is never used', async () => {
  const labels: Partial<Secret>[] = [{ epoch: 2 }, { of: dad.person }]
  for (const label of labels) {
    await wrong(async (secret) => (await wrapSecret({ ...secret, ...label }, dad.device)).bytes)
  }
})

test('the honest wrap of the same rotation is used', async () => {
  const { from, wrap } = await withWrap(async (secret) => {
    const { bytes } = await wrapSecret(secret, dad.device)
    return bytes
  })
  const secret = await openWrap(from.household, dad.device, wrap, { of: us, epoch: 3 })
  assert.equal(secret.epoch, 3)
})

test('a wrap that the log names, and that is no wrap, is never used', async () => {
  await wrong(async () => randomBytes(500))
  await wrong(async () => encryptTo([dad.device.kem], randomBytes(64)))
  await wrong(async () => encryptTo([dad.device.kem], toCbor({ v: 2, of: us, epoch: 3 })))
  await wrong(async ({ of, epoch }) => {
    const { bytes } = await wrapSecret({ of, epoch, secret: randomBytes(32) }, grandma.device)
    return bytes
  })
  await wrong(async () => {
    const more = { v: 1, of: us, epoch: 3, secret: randomBytes(32), more: 1 }
    return encryptTo([dad.device.kem], toCbor(more))
  })
})
