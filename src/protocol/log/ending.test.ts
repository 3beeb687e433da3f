import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agreement, guardians } from '../../../test/harness/agreement.ts'
import {
  admit,
  append,
  copyOf,
  counted,
  foundFamily,
  NOW,
  standing,
  wholeFamily,
} from '../../../test/harness/family.ts'
import { proposeNotice } from '../../keys/governing.ts'
import { proposeRemove } from '../../keys/links.ts'
import { NOTICE_MS } from './ending.ts'

// How somebody goes, and who may send them: the honest ways.

const { family, mum, dad, grandma, card } = await wholeFamily()

test('a notice stands, is taken back, and removes after 72 hours', async () => {
  const mine = copyOf(family)
  append(mine, await proposeNotice(standing(mine, dad.device), mum.person))
  const seq = mine.links.length - 1
  assert.deepEqual(
    [...mine.household.notices],
    [[mum.person, { by: dad.person, since: seq, at: NOW }]],
  )
  append(mine, await proposeNotice(standing(mine, dad.device), mum.person, false))
  assert.equal(mine.household.notices.size, 0)
  append(mine, await proposeNotice(standing(mine, dad.device), mum.person))
  append(mine, await proposeNotice(standing(mine, mum.device), dad.person))
  const later = standing(mine, dad.device, NOW + NOTICE_MS)
  append(mine, await proposeRemove(later, mum.person, new Map([[mum.device.id, counted(3)]])))
  const { principals, devices, notices } = mine.household
  assert.equal(principals.get(mum.person)?.ended, 'notice')
  assert.deepEqual(devices.get(mum.device.id)?.last, counted(3))
  assert.equal(devices.get(card.id)?.until, mine.links.length - 1)
  assert.equal(notices.size, 0, 'what somebody announced who is gone is gone')
})

test('72 hours, in milliseconds', () => {
  assert.equal(NOTICE_MS, 259_200_000)
})

test('who is agreed about does not have to wait for a notice', async () => {
  const { family: mine, all } = await guardians(3)
  const [first, second, third] = all
  assert.ok(first && second && third)
  append(mine, await proposeNotice(standing(mine, first.device), third.person))
  const consents = await agreement(mine, { op: 'remove', person: third.person }, second)
  const at = standing(mine, first.device)
  append(mine, await proposeRemove(at, third.person, new Map(), consents))
  assert.equal(mine.household.principals.get(third.person)?.ended, 'quorum')
})

test('a notice outlives those who have nothing to do with it', async () => {
  const mine = copyOf(family)
  append(mine, await proposeNotice(standing(mine, mum.device), dad.person))
  append(mine, await proposeRemove(standing(mine, mum.device), grandma.person, new Map()))
  assert.deepEqual([...mine.household.notices.keys()], [dad.person])
  assert.equal(mine.household.principals.get(grandma.person)?.ended, 'guardian')
})

test('the only guardian removes a relative', async () => {
  const { family: mine, guardian } = await foundFamily()
  const aunt = await admit(mine, guardian, 'relative')
  append(mine, await proposeRemove(standing(mine, guardian.device), aunt.person, new Map()))
  assert.equal(mine.household.principals.get(aunt.person)?.ended, 'guardian')
})

test('who leaves leaves by themself', async () => {
  const mine = copyOf(family)
  append(mine, await proposeRemove(standing(mine, grandma.device), grandma.person, new Map()))
  assert.equal(mine.household.principals.get(grandma.person)?.ended, 'self')
})
