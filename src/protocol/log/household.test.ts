import assert from 'node:assert/strict'
import { test } from 'node:test'
import { append, copyOf, standing, wholeFamily } from '../../../test/harness/family.ts'
import { proposeRemove } from '../../keys/links.ts'
import { newPrincipalId } from '../../keys/principal.ts'
import type { PrincipalId } from '../ids.ts'
import {
  activeDevice,
  epochAt,
  headOf,
  holdersOf,
  membersOf,
  overdueRotations,
  wasThere,
  type Household,
} from './household.ts'

// What is asked of a household, link number by link number.

const { family, mum, dad, grandma, toy, card } = await wholeFamily()
const { household } = family
const us = household.principal

test('the head is the newest link', () => {
  assert.deepEqual(headOf(household), { seq: 6, hash: household.hashes[6] })
})

test('a member is there from the link that admits it to the one before its end', () => {
  const seen = (member: { since: number; until?: number }): number[] =>
    [0, 1, 2, 3, 4, 5].filter((seq) => wasThere(member, seq))
  assert.deepEqual(seen({ since: 2 }), [2, 3, 4, 5])
  assert.deepEqual(seen({ since: 2, until: 4 }), [2, 3])
  assert.deepEqual(seen({ since: 2, until: 2 }), [])
})

test('an epoch counts from its link on', () => {
  const principal = household.principals.get(us)
  assert.ok(principal)
  assert.deepEqual(
    [0, 5, 6, 7].map((seq) => epochAt(principal, seq)?.epoch),
    [1, 1, 2, 2],
  )
  const later = household.principals.get(dad.person)
  assert.ok(later)
  assert.equal(epochAt(later, 5), undefined)
})

test('holders are the devices of the person; of the household, the devices of guardians', () => {
  const ids = (of: PrincipalId): string[] => holdersOf(household, of).map(({ id }) => id)
  assert.deepEqual(ids(us), [mum.device.id, card.id, dad.device.id])
  assert.deepEqual(ids(mum.person), [mum.device.id, card.id])
  assert.deepEqual(ids(grandma.person), [grandma.device.id])
  assert.deepEqual(ids(toy.person), [toy.device.id])
  assert.deepEqual(ids(newPrincipalId()), [])
})

test('who has left is no member, and its device is not active', async () => {
  const mine = copyOf(family)
  const all = [mum, grandma, toy, dad].map(({ person }) => person)
  assert.deepEqual(
    membersOf(household).map(({ id }) => id),
    all,
  )
  append(mine, await proposeRemove(standing(mine, mum.device), grandma.person, new Map()))
  const left = membersOf(mine.household).map(({ id }) => id)
  assert.deepEqual(
    left,
    all.filter((id) => id !== grandma.person),
  )
  assert.equal(activeDevice(mine.household, grandma.device.id), undefined)
  assert.equal(activeDevice(mine.household, mum.device.id)?.id, mum.device.id)
  assert.deepEqual(holdersOf(mine.household, grandma.person), [])
})

/** The household as if somebody else had chosen a principal's newest secret. */
function chosenBy(of: PrincipalId, by: typeof mum): Household {
  const principal = household.principals.get(of)
  assert.ok(principal)
  const epochs = principal.epochs.map((epoch) => ({ ...epoch, by: by.device.id }))
  return {
    ...household,
    principals: new Map(household.principals).set(of, { ...principal, epochs }),
  }
}

test("a secret chosen by somebody who does not hold it is overdue, but a toy's cannot be", () => {
  assert.deepEqual(overdueRotations(household), [])
  assert.deepEqual(overdueRotations(chosenBy(us, dad)), [])
  assert.deepEqual(overdueRotations(chosenBy(us, grandma)), [us])
  assert.deepEqual(overdueRotations(chosenBy(grandma.person, mum)), [grandma.person])
  assert.deepEqual(overdueRotations(chosenBy(toy.person, mum)), [])
})
