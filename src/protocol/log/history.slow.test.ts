import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  append,
  askToJoin,
  invite,
  standing,
  stranger,
  wholeFamily,
} from '../../../test/harness/family.ts'
import { flipped } from '../../../test/harness/forgery.ts'
import { play } from '../../../test/harness/histories.ts'
import { demandHonestHistories, refused, steps } from '../../../test/harness/history-property.ts'
import { proposeAdd } from '../../keys/links.ts'
import { overdueRotations } from './household.ts'
import { applyLink } from './verify.ts'

test('random honest histories: one verdict for everybody, and none for a changed copy', () =>
  demandHonestHistories(4))

test('every bit of a link counts', async () => {
  const { family } = await wholeFamily()
  const before = steps(family.links)
  // Link 1 is an invitation: small enough to try every byte.
  const [, link = new Uint8Array()] = family.links
  for (let at = 0; at < link.length; at += 1) {
    assert.ok(
      refused(() => applyLink(before[1], flipped(link, at, 1 << (at % 8)))),
      `byte ${at}`,
    )
  }
})

test('a secret chosen by somebody who does not hold it any more is due to be replaced', async () => {
  const history = await play([
    { op: 0, by: 0, about: 1 },
    { op: 4, by: 1, about: 1 },
  ])
  const { household } = history.family
  assert.equal(history.taken.get('remove'), 1)
  assert.deepEqual(overdueRotations(household), [household.principal])
})

test('an invitation counts up to its last millisecond, by the time of the link', async () => {
  const { family, mum } = await wholeFamily()
  const invited = await invite(family, mum, 'relative')
  const { expires = 0 } = family.household.invites.get(invited.id) ?? {}
  const request = await askToJoin(family, invited, await stranger())
  const at = (now: number) => ({ ...standing(family, mum.device), now })
  const late = await proposeAdd(at(expires + 1), new Map(), request)
  assert.throws(() => applyLink(family.household, late.link), { reason: 'invite-expired' })
  append(family, await proposeAdd(at(expires), new Map(), request))
})
