import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  counted,
  addDevice,
  append,
  askToJoin,
  copyOf,
  invite,
  keyringOf,
  newDevice,
  NOW,
  standing,
  stranger,
  wholeFamily,
} from '../../test/harness/family.ts'
import { argumentsOf } from '../../test/harness/forgery.ts'
import { verifyLog } from '../protocol/log/verify.ts'
import { proposeCard } from './enrolling.ts'
import { addSecret, EMPTY_KEYRING } from './keyring.ts'
import {
  currentSecret,
  proposeAdd,
  proposeGenesis,
  proposeRemove,
  proposeRevokeDevice,
  proposeRotate,
} from './links.ts'
import { newPrincipalId } from './principal.ts'

const { family, mum, dad } = await wholeFamily()
const us = family.household.principal

test('a founder keeps both secrets, and messages of relatives need approval', async () => {
  const [device, card] = await Promise.all([newDevice(), newDevice()])
  const { link, secrets, person } = await proposeGenesis(device, card, NOW)
  const household = verifyLog([link])
  assert.deepEqual(household.policy, { approval: true, retention: 30, trusted: [] })
  const held = secrets.reduce(addSecret, EMPTY_KEYRING)
  assert.deepEqual([...held.keys()].sort(), [person, household.principal].sort())
})

test('whom the household does not know makes no recovery card for it', async () => {
  const { device } = await stranger()
  await assert.rejects(proposeCard(standing(family, device), EMPTY_KEYRING, await newDevice()), {
    code: 'log-refused',
    reason: 'signer-unknown',
  })
})

test('who lets a guardian in keeps the epoch it made', async () => {
  const mine = copyOf(family)
  const request = await askToJoin(mine, await invite(mine, mum, 'guardian'), await stranger())
  const keyring = await keyringOf(mine, mum.device)
  const proposal = await proposeAdd(standing(mine, mum.device), keyring, request)
  append(mine, proposal)
  const held = proposal.secrets.reduce(addSecret, EMPTY_KEYRING)
  assert.ok(currentSecret(mine.household, held, us))
  assert.deepEqual(await keyringOf(mine, mum.device), proposal.secrets.reduce(addSecret, keyring))
})

test('a guardian whose device lost its secrets can still let a guardian in', async () => {
  const mine = copyOf(family)
  const joiner = await stranger()
  const request = await askToJoin(mine, await invite(mine, mum, 'guardian'), joiner)
  const proposal = await proposeAdd(standing(mine, mum.device), EMPTY_KEYRING, request)
  assert.deepEqual(argumentsOf('add', proposal.link).grants, [])
  append(mine, proposal)
  assert.ok(currentSecret(mine.household, await keyringOf(mine, joiner.device), us))
})

test('a guardian who leaves names no card, keeps nothing new, and the others can go on', async () => {
  const mine = copyOf(family)
  const proposal = await proposeRemove(standing(mine, mum.device), mum.person, new Map())
  const { last } = argumentsOf('remove', proposal.link)
  assert.deepEqual(last, [{ device: mum.device.id, ...counted(0) }])
  assert.deepEqual(proposal.secrets, [])
  append(mine, proposal)
  assert.ok(currentSecret(mine.household, await keyringOf(mine, dad.device), us))
})

test('who ends a device can open all that moved on', async () => {
  const mine = copyOf(family)
  const phone = await addDevice(mine, mum.device)
  append(mine, await proposeRevokeDevice(standing(mine, mum.device), phone.id, counted(0)))
  const keyring = await keyringOf(mine, mum.device)
  assert.ok(currentSecret(mine.household, keyring, us))
  assert.ok(currentSecret(mine.household, keyring, mum.person))
})

test('for a principal that is not there, nothing is rotated', async () => {
  const at = standing(family, mum.device)
  const unknown = { code: 'log-refused', reason: 'principal-unknown' }
  await assert.rejects(proposeRotate(at, newPrincipalId()), unknown)
  const { wraps } = await proposeRemove(at, newPrincipalId(), new Map())
  assert.deepEqual(wraps, [])
})
