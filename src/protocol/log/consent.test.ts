import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agreement, guardians } from '../../../test/harness/agreement.ts'
import {
  append,
  copyOf,
  foundFamily,
  NOW,
  standing,
  wholeFamily,
} from '../../../test/harness/family.ts'
import { proposePolicy, proposeSuite } from '../../keys/governing.ts'
import { proposeRemove } from '../../keys/links.ts'
import { toHex } from '../bytes.ts'
import { majorityOf, readPurpose } from './consent.ts'
import { guardiansOf } from './household.ts'
import { applyLink } from './verify.ts'

// What guardians decide together: the honest ways.

const { family, mum, dad } = await wholeFamily()

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
