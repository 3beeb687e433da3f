import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  addDevice,
  append,
  copyOf,
  counted,
  epochsOf,
  keyringOf,
  newDevice,
  NOW,
  standing,
  wholeFamily,
  type Family,
} from '../../../test/harness/family.ts'
import { randomBytes } from '../../keys/device.ts'
import { boxKeys, proposeBox, proposeCard } from '../../keys/enrolling.ts'
import { proposeRemove } from '../../keys/links.ts'
import { newPrincipalId } from '../../keys/principal.ts'
import { heldBy, holdersOf, membersOf, overdueRotations, type Device } from './household.ts'

// Recovery cards and drop-boxes: the honest ways.

const { family, mum, dad, card } = await wholeFamily()

function cardsOf({ household }: Family): readonly Device[] {
  return holdersOf(household, household.principal).filter((one) => one.card)
}

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
