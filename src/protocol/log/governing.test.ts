import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  addDevice,
  admit,
  append,
  copyOf,
  counted,
  foundFamily,
  keyringOf,
  newDevice,
  NOW,
  standing,
  wholeFamily,
  type Family,
  type Party,
} from '../../../test/harness/family.ts'
import { argumentsOf, forgeLink } from '../../../test/harness/forgery.ts'
import { randomBytes } from '../../keys/device.ts'
import { boxKeys, proposeBox, proposeCard } from '../../keys/enrolling.ts'
import {
  consent,
  proposeNotice,
  proposePolicy,
  proposeShred,
  proposeSuite,
  writePurpose,
} from '../../keys/governing.ts'
import type { Keyring } from '../../keys/keyring.ts'
import { proposeAddDevice, proposeRemove, proposeRotate } from '../../keys/links.ts'
import { newPrincipalId } from '../../keys/principal.ts'
import { toHex } from '../bytes.ts'
import type { PrincipalId } from '../ids.ts'
import { majorityOf, readPurpose, type Wanted } from './consent.ts'
import { NOTICE_MS } from './ending.ts'
import {
  guardiansOf,
  heldBy,
  holdersOf,
  membersOf,
  overdueRotations,
  type Device,
} from './household.ts'
import type { Consents } from './ops.ts'
import { applyLink } from './verify.ts'

// What guardians decide together, and what follows: the honest ways.

const { family, mum, dad, grandma, toy, card } = await wholeFamily()
const DAY_MS = 24 * 60 * 60 * 1000

async function agreement(
  { household }: Family,
  wanted: Wanted,
  ...by: readonly Party[]
): Promise<Consents> {
  const purpose = writePurpose(household.id, wanted, NOW)
  return { purpose, by: await Promise.all(by.map(({ device }) => consent(device, purpose))) }
}

function epochsOf(keyring: Keyring, of: PrincipalId): number[] {
  return [...(keyring.get(of)?.keys() ?? [])].sort((a, b) => a - b)
}

function cardsOf({ household }: Family): readonly Device[] {
  return holdersOf(household, household.principal).filter((one) => one.card)
}

/** So many guardians in the order they came, mum first. */
async function guardians(count: number): Promise<{ family: Family; all: Party[] }> {
  const { family: mine, guardian } = await foundFamily()
  const all = [guardian]
  while (all.length < count) all.push(await admit(mine, guardian, 'guardian'))
  return { family: mine, all }
}

/** Whether the first guardian may remove the one at `index` with the consent of `by`. */
async function mayRemove(
  { family: mine, all }: Awaited<ReturnType<typeof guardians>>,
  index: number,
  by: readonly number[],
): Promise<boolean> {
  const [first] = all
  const person = all[index]
  assert.ok(first && person)
  const voters = by.flatMap((at) => all.slice(at, at + 1))
  const consents = await agreement(mine, { op: 'remove', person: person.person }, ...voters)
  const at = standing(mine, first.device)
  const { link } = await proposeRemove(at, person.person, new Map(), consents)
  try {
    const { principals } = applyLink(mine.household, link)
    assert.equal(principals.get(person.person)?.ended, 'quorum')
    return true
  } catch {
    return false
  }
}

test('more than half of a guardian and those before them remove them at once', async () => {
  const three = await guardians(3)
  assert.equal(await mayRemove(three, 2, [1]), true)
  assert.equal(await mayRemove(three, 2, []), false)
  assert.equal(await mayRemove(three, 1, []), false)
  const four = await guardians(4)
  assert.equal(await mayRemove(four, 3, [1, 2]), true)
  assert.equal(await mayRemove(four, 3, [1]), false)
  assert.equal(await mayRemove(four, 2, [1]), true)
  assert.equal(await mayRemove(four, 1, [2, 3]), false, 'who came later has no say')
  const five = await guardians(5)
  assert.equal(await mayRemove(five, 4, [1, 2]), true)
  assert.equal(await mayRemove(five, 4, [1]), false)
})

test('half is not more than half', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5].map(majorityOf), [1, 1, 2, 2, 3, 3])
})

test('a guardian who came before counts, even if they are not the one who signs', async () => {
  const { family: mine, all } = await guardians(4)
  const [first, second, third, fourth] = all
  assert.ok(first && second && third && fourth)
  const wanted = { op: 'remove', person: third.person } as const
  const consents = await agreement(mine, wanted, first, second)
  const at = standing(mine, fourth.device)
  append(mine, await proposeRemove(at, third.person, new Map(), consents))
  assert.equal(guardiansOf(mine.household).length, 3)
})

test('alone, a guardian makes the rules; a purpose that was used is remembered', async () => {
  const { family: mine, guardian } = await foundFamily()
  const rules = { approval: false, retention: 7, trusted: [] }
  append(mine, await proposePolicy(standing(mine, guardian.device), rules))
  assert.deepEqual(mine.household.policy, rules)
  assert.equal(mine.household.purposes.size, 0)
  const consents = await agreement(mine, { op: 'policy', policy: rules })
  append(mine, await proposePolicy(standing(mine, guardian.device), rules, consents))
  const { id, expires } = readPurpose(consents.purpose)
  assert.deepEqual([...mine.household.purposes], [toHex(id)])
  assert.equal(expires, NOW)
})

test('two guardians make the rules together', async () => {
  const mine = copyOf(family)
  const rules = { approval: true, retention: 30, trusted: [] }
  const consents = await agreement(mine, { op: 'policy', policy: rules }, dad)
  append(mine, await proposePolicy(standing(mine, mum.device), rules, consents))
  assert.deepEqual(mine.household.policy, rules)
})

test('no suite follows the first one, so no link may name one', async () => {
  const at = standing(family, mum.device)
  for (const [suite, reason] of [
    ['PP2', 'suite-unknown'],
    ['PP1', 'suite-downgrade'],
  ] as const) {
    const consents = await agreement(family, { op: 'suite', suite }, dad)
    const { link } = await proposeSuite(at, suite, consents)
    assert.throws(() => applyLink(family.household, link), { reason })
  }
  assert.equal(family.household.suite, 'PP1')
})

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

test('a new card takes the place of the old one and opens what is older, too', async () => {
  const mine = copyOf(family)
  const fresh = await newDevice()
  const keyring = await keyringOf(mine, mum.device)
  append(mine, await proposeCard(standing(mine, mum.device), keyring, fresh))
  const { devices, principal } = mine.household
  const seq = mine.links.length - 1
  assert.deepEqual([devices.get(card.id)?.until, devices.get(card.id)?.last], [seq, counted(0)])
  assert.deepEqual(
    [devices.get(fresh.id)?.card, devices.get(fresh.id)?.person, devices.get(fresh.id)?.since],
    [true, mum.person, seq],
  )
  const opened = await keyringOf(mine, fresh)
  assert.deepEqual(epochsOf(opened, principal), [1, 2, 3])
  assert.deepEqual(epochsOf(opened, mum.person), [1, 2])
  const old = await keyringOf(mine, card)
  assert.equal(old.get(principal)?.has(3), false)
  const phone = await addDevice(mine, fresh)
  assert.equal(mine.household.devices.get(phone.id)?.person, mum.person)
})

test('a second guardian has a card of their own, beside the first', async () => {
  const mine = copyOf(family)
  const fresh = await newDevice()
  const keyring = await keyringOf(mine, dad.device)
  append(mine, await proposeCard(standing(mine, dad.device), keyring, fresh))
  const cards = cardsOf(mine)
  assert.deepEqual(
    cards.map(({ id, person }) => [id, person]),
    [
      [card.id, mum.person],
      [fresh.id, dad.person],
    ],
  )
  const third = await newDevice()
  const hers = await keyringOf(mine, mum.device)
  const proposal = await proposeCard(standing(mine, mum.device), hers, third)
  append(mine, proposal)
  assert.deepEqual(
    cardsOf(mine).map(({ id }) => id),
    [fresh.id, third.id],
  )
  const kept = proposal.secrets.map(({ of, epoch }) => [of, epoch])
  assert.deepEqual(kept, [
    [mum.person, 2],
    [mine.household.principal, 4],
  ])
  assert.ok((await keyringOf(mine, fresh)).get(mine.household.principal)?.has(4))
})

test('a drop-box holds nothing, is no member, and is ended by a guardian', async () => {
  const mine = copyOf(family)
  const box = await boxKeys(randomBytes(16))
  const id = newPrincipalId()
  append(mine, await proposeBox(standing(mine, mum.device), box, { id, expires: NOW + 5 }))
  const device = mine.household.devices.get(box.id)
  assert.ok(device)
  assert.deepEqual(heldBy(mine.household, device), [])
  const { role, epochs, expires, since } = mine.household.principals.get(id) ?? {}
  assert.deepEqual([role, epochs, expires, since], ['box', [], NOW + 5, mine.links.length - 1])
  assert.equal(membersOf(mine.household).length, 4)
  assert.deepEqual(overdueRotations(mine.household), [])
  append(mine, await proposeRemove(standing(mine, dad.device), id, new Map([[box.id, counted(2)]])))
  assert.deepEqual(mine.household.devices.get(box.id)?.last, counted(2))
})

test("the keys of a drop-box are its secret's alone", async () => {
  const secret = randomBytes(16)
  const [one, same, other] = await Promise.all([
    boxKeys(secret),
    boxKeys(secret),
    boxKeys(randomBytes(16)),
  ])
  assert.deepEqual([one.id, one.kem], [same.id, same.kem])
  assert.notEqual(one.id, other.id)
})

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
