import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agreement } from '../../../test/harness/agreement.ts'
import {
  addDevice,
  append,
  copyOf,
  epochsOf,
  foundFamily,
  keyringOf,
  newDevice,
  NOW,
  standing,
  wholeFamily,
} from '../../../test/harness/family.ts'
import { argumentsOf, forgeLink } from '../../../test/harness/forgery.ts'
import { proposePolicy, proposeShred } from '../../keys/governing.ts'
import { proposeAddDevice, proposeRotate } from '../../keys/links.ts'
import { applyLink } from './verify.ts'

// What is closed for ever: the honest ways.

const { family, mum, dad, grandma, toy } = await wholeFamily()
const DAY_MS = 24 * 60 * 60 * 1000

test('what is closed for ever has no wraps and goes to nobody; the rest goes on', async () => {
  const { family: mine, guardian } = await foundFamily()
  const { principal: us } = mine.household
  const rules = { approval: true, retention: 30, trusted: [] }
  append(mine, await proposePolicy(standing(mine, guardian.device), rules))
  for (const days of [1, 2]) {
    append(mine, await proposeRotate(standing(mine, guardian.device, NOW + days * DAY_MS), us))
  }
  const keyring = await keyringOf(mine, guardian.device)
  const closing = standing(mine, guardian.device, NOW + 31 * DAY_MS)
  append(mine, await proposeShred(closing, us, 2))
  const principal = mine.household.principals.get(us)
  assert.deepEqual(
    [principal?.open, principal?.epochs.map(({ wraps }) => wraps.length)],
    [2, [0, 2, 2]],
  )
  assert.deepEqual(epochsOf(await keyringOf(mine, guardian.device), us), [2, 3])
  const { link } = await proposeAddDevice(
    standing(mine, guardian.device),
    keyring,
    await newDevice(),
  )
  assert.throws(() => applyLink(mine.household, link), { reason: 'epoch-closed' })
  const phone = await addDevice(mine, guardian.device)
  assert.deepEqual(epochsOf(await keyringOf(mine, phone), us), [2, 3])
  const early = await proposeShred(standing(mine, guardian.device, NOW + 32 * DAY_MS - 1), us, 3)
  assert.throws(() => applyLink(mine.household, early.link), { reason: 'shred-early' })
  append(mine, await proposeShred(standing(mine, guardian.device, NOW + 32 * DAY_MS), us, 3))
  assert.equal(mine.household.principals.get(us)?.open, 3)
})

test('a relative closes the own thread, and a toy signs nothing', async () => {
  const mine = copyOf(family)
  const rules = { approval: true, retention: 1, trusted: [] }
  const consents = await agreement(mine, { op: 'policy', policy: rules }, dad)
  append(mine, await proposePolicy(standing(mine, mum.device), rules, consents))
  append(mine, await proposeRotate(standing(mine, grandma.device), grandma.person))
  const later = standing(mine, grandma.device, NOW + DAY_MS)
  const proposal = await proposeShred(later, grandma.person, 2)
  append(mine, proposal)
  assert.equal(mine.household.principals.get(grandma.person)?.open, 2)
  const a = argumentsOf('shred', proposal.link)
  const link = await forgeLink(mine, toy.device, {
    op: 'shred',
    a: { ...a, principal: toy.person },
  })
  assert.throws(() => applyLink(mine.household, link), { reason: 'role-forbidden' })
})
