import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  counted,
  addDevice,
  append,
  askToJoin,
  copyOf,
  invite,
  NOW,
  standing,
  stranger,
  wholeFamily,
  type Family,
} from '../../../test/harness/family.ts'
import { argumentsOf, forgeLink, signLink } from '../../../test/harness/forgery.ts'
import { rotationOf } from '../../../test/harness/illegal-links.ts'
import { EMPTY_KEYRING } from '../../keys/keyring.ts'
import { proposeAdd, proposeRemove, proposeRevokeDevice } from '../../keys/links.ts'
import { deviceId, type DeviceId } from '../ids.ts'
import type { Device, Household } from './household.ts'
import { NO_LINK } from './link.ts'
import { demandRoom } from './membership.ts'
import { applyLink } from './verify.ts'

// What members may do, and the edges of what they may not.

const { family, mum, dad, grandma, toy, card } = await wholeFamily()
const { household } = family

function refuses(family: Family, link: Uint8Array, reason: string): void {
  assert.throws(() => applyLink(family.household, link), { code: 'log-refused', reason })
}

test('an invitation is open until it is used', async () => {
  const mine = copyOf(family)
  const { id, role, key } = await invite(mine, mum, 'relative')
  const week = 7 * 24 * 60 * 60 * 1000
  const expected = { id, role, join: key.sig, expires: NOW + week, state: 'open' }
  assert.deepEqual(mine.household.invites.get(id), expected)
})

test('a guardian removes relatives and toys, and ends their devices', async () => {
  for (const { person } of [grandma, toy]) {
    const mine = copyOf(family)
    append(mine, await proposeRemove(standing(mine, dad.device), person, new Map()))
    assert.equal(mine.household.principals.get(person)?.until, 7)
  }
  const mine = copyOf(family)
  const phone = await addDevice(mine, grandma.device)
  append(mine, await proposeRevokeDevice(standing(mine, dad.device), phone.id, counted(3)))
  assert.deepEqual(mine.household.devices.get(phone.id)?.last, counted(3))
})

test('a relative may leave, and may end an own device', async () => {
  const mine = copyOf(family)
  const phone = await addDevice(mine, grandma.device)
  append(mine, await proposeRevokeDevice(standing(mine, grandma.device), phone.id, counted(0)))
  append(mine, await proposeRemove(standing(mine, grandma.device), grandma.person, new Map()))
  assert.equal(mine.household.devices.get(grandma.device.id)?.until, 9)
})

test('a guardian who leaves ends the recovery card too, which never sent anything', async () => {
  const mine = copyOf(family)
  const last = new Map([[mum.device.id, counted(4)]])
  append(mine, await proposeRemove(standing(mine, mum.device), mum.person, last))
  const ends = [mum.device, card].map(({ id }) => mine.household.devices.get(id))
  assert.deepEqual(
    ends.map((device) => [device?.until, device?.last]),
    [
      [7, counted(4)],
      [7, counted(0)],
    ],
  )
})

test('the only guardian who is left may not leave, whoever was there before', async () => {
  const mine = copyOf(family)
  append(mine, await proposeRemove(standing(mine, dad.device), dad.person, new Map()))
  const of = mine.household.principal
  const rotation = await rotationOf(mine.household, of, [mum.device, card])
  const a = { person: mum.person, last: [{ device: mum.device.id, ...counted(0) }], rotation }
  refuses(mine, await forgeLink(mine, mum.device, { op: 'remove', a }), 'last-guardian')
})

test('the last counters name each device that leaves, not only as many', async () => {
  const mine = copyOf(family)
  const phone = await addDevice(mine, grandma.device)
  const { link } = await proposeRemove(standing(mine, mum.device), grandma.person, new Map())
  const a = argumentsOf('remove', link)
  const named = (...ids: readonly DeviceId[]): Promise<Uint8Array> =>
    forgeLink(mine, mum.device, {
      op: 'remove',
      a: { ...a, last: ids.map((device) => ({ device, ...counted(0) })) },
    })
  const [hers, other] = [grandma.device.id, toy.device.id]
  for (const ids of [
    [hers, other],
    [other, phone.id],
    [other, mum.device.id],
    [hers, hers],
  ]) {
    refuses(mine, await named(...ids), 'counters-incomplete')
  }
  applyLink(mine.household, await named(phone.id, hers))
})

test('a log begins with a genesis link, whatever else its first link looks like', async () => {
  const first = { v: 1, hid: null, seq: 0, prev: NO_LINK, by: mum.device.id, ts: NOW }
  for (const [op, a] of [
    ['rotate', {}],
    ['invite', null],
  ]) {
    const link = await signLink(mum.device, { ...first, op, a })
    const reason = 'genesis-expected'
    assert.throws(() => applyLink(undefined, link), { code: 'log-refused', reason })
  }
})

/** The household with so many more devices of mum's and dad's, as far as the log can tell. */
function crowded(more: { mum: number; dad: number }): Household {
  const devices = new Map(household.devices)
  const add = (of: typeof mum, count: number, first: number): void => {
    const pattern = household.devices.get(of.device.id)
    assert.ok(pattern)
    for (let at = 0; at < count; at += 1) {
      const id = deviceId.from(new Uint8Array(16).fill(first + at))
      devices.set(id, { ...pattern, id } satisfies Device)
    }
  }
  add(mum, more.mum, 1)
  add(dad, more.dad, 101)
  return { ...household, devices }
}

describe('devices of one person, and of all guardians, have a limit', () => {
  const refused = { code: 'log-refused', reason: 'holders-too-many' }

  test('sixteen of one person, the card among them', () => {
    demandRoom(crowded({ mum: 14, dad: 0 }), mum.person)
    assert.throws(() => demandRoom(crowded({ mum: 15, dad: 0 }), mum.person), refused)
    demandRoom(crowded({ mum: 15, dad: 0 }), dad.person)
  })

  test('sixty-four of all guardians', () => {
    demandRoom(crowded({ mum: 31, dad: 30 }), grandma.person)
    assert.throws(() => demandRoom(crowded({ mum: 31, dad: 31 }), grandma.person), refused)
  })

  test('a guardian who would be one too many is not let in', async () => {
    const mine = copyOf(family)
    const request = await askToJoin(mine, await invite(mine, mum, 'guardian'), await stranger())
    const { invites, hashes } = mine.household
    for (const dads of [29, 30]) {
      const full = { ...crowded({ mum: 31, dad: dads }), invites, hashes }
      const at = { household: full, device: mum.device, now: NOW }
      const { link } = await proposeAdd(at, EMPTY_KEYRING, request)
      if (dads === 29) applyLink(full, link)
      else assert.throws(() => applyLink(full, link), refused)
    }
  })
})
