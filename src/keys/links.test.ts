import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  counted,
  addDevice,
  append,
  askToJoin,
  copyOf,
  foundFamily,
  invite,
  keyringOf,
  newDevice,
  standing,
  stranger,
  wholeFamily,
} from '../../test/harness/family.ts'
import { argumentsOf } from '../../test/harness/forgery.ts'
import { applyLink } from '../protocol/log/verify.ts'
import { randomBytes } from './device.ts'
import { addSecret, EMPTY_KEYRING, type Keyring } from './keyring.ts'
import {
  currentSecret,
  proposeAdd,
  proposeAddDevice,
  proposeRemove,
  proposeRevokeDevice,
  proposeRotate,
} from './links.ts'
import type { Secret } from './principal.ts'

const { family, mum, dad, grandma } = await wholeFamily()
const us = family.household.principal

function names(secrets: readonly Secret[]): string[] {
  return secrets.map(({ of }) => of).sort()
}

test('a founder holds its person and the household, and so does the card', async () => {
  const { family: small, guardian, card } = await foundFamily()
  for (const device of [guardian.device, card]) {
    const keyring = await keyringOf(small, device)
    assert.deepEqual(
      [...keyring.keys()].sort(),
      [guardian.person, small.household.principal].sort(),
    )
  }
})

test('the maker of a link keeps only secrets it holds itself', async () => {
  const mine = copyOf(family)
  const herPhone = await addDevice(mine, grandma.device)
  const tablet = await addDevice(mine, mum.device)
  const at = standing(mine, mum.device)
  assert.deepEqual((await proposeRevokeDevice(at, herPhone.id, counted(0))).secrets, [])
  const own = await proposeRevokeDevice(at, tablet.id, counted(0))
  assert.deepEqual(names(own.secrets), [mum.person, us].sort())
  assert.deepEqual((await proposeRevokeDevice(at, mum.device.id, counted(0))).secrets, [])
  assert.deepEqual(
    (await proposeRemove(standing(mine, dad.device), dad.person, new Map())).secrets,
    [],
  )
  assert.deepEqual(names((await proposeRemove(at, dad.person, new Map())).secrets), [us])
  assert.deepEqual(names((await proposeRotate(at, us)).secrets), [us])
})

test('a card enrols a device that holds everything current', async () => {
  const { family: small, guardian, card } = await foundFamily()
  append(small, await proposeRotate(standing(small, guardian.device), small.household.principal))
  const found = await addDevice(small, card)
  const keyring = await keyringOf(small, found)
  assert.ok(currentSecret(small.household, keyring, small.household.principal))
  assert.ok(currentSecret(small.household, keyring, guardian.person))
  assert.equal(small.household.devices.get(found.id)?.person, guardian.person)
})

/** What a device would hold after years of monthly rotations. */
function longKeyring(of: Secret['of'], epochs: number, real: Keyring): Keyring {
  let keyring = EMPTY_KEYRING
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    const known = real.get(of)?.get(epoch)
    keyring = addSecret(keyring, known ?? { of, epoch, secret: randomBytes(32) })
  }
  return keyring
}

test('a guardian who joins after ten years of rotations is still admitted in one link', async () => {
  const mine = copyOf(family)
  const invited = await invite(mine, mum, 'guardian')
  const request = await askToJoin(mine, invited, await stranger())
  const years = longKeyring(us, 120, await keyringOf(mine, mum.device))
  const { link, wraps } = await proposeAdd(standing(mine, mum.device), years, request)
  const { grants } = argumentsOf('add', link)
  assert.equal(grants.length, 80)
  assert.equal(Math.max(...grants.map(({ epoch }) => epoch)), 120)
  assert.ok(wraps.length <= 256)
})

test('an invitation admits one stranger, and the same request not a second time', async () => {
  const mine = copyOf(family)
  const invited = await invite(mine, mum, 'relative')
  const request = await askToJoin(mine, invited, await stranger())
  const admit = () => proposeAdd(standing(mine, mum.device), EMPTY_KEYRING, request)
  append(mine, await admit())
  const { link } = await admit()
  assert.throws(() => applyLink(mine.household, link), { reason: 'invite-used' })
})

test('nothing is proposed for a device or a principal that is not there', async () => {
  const at = standing(family, mum.device)
  const { id } = await newDevice()
  await assert.rejects(proposeRevokeDevice(at, id, counted(0)), { reason: 'device-unknown' })
  const unknown = standing(family, await newDevice())
  await assert.rejects(proposeAddDevice(unknown, EMPTY_KEYRING, await newDevice()), {
    reason: 'signer-unknown',
  })
})
