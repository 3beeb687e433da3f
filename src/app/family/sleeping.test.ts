import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChildId, PrincipalId } from '../../protocol/ids.ts'
import { loudestNow, sleeperOf, sleepersAt } from './sleeping.ts'

const [mia, tom] = ['ch-mia', 'ch-tom'] as [ChildId, ChildId]
const gran = 'pr-gran' as PrincipalId
const night = { from: 19 * 60, to: 7 * 60 }
const all = [
  { id: mia, name: 'Mia', quiet: { zone: 'UTC', school: night, volume: 20 } },
  { id: tom, name: 'Tom', quiet: { zone: 'America/New_York', school: night } },
]
const MONDAY_NIGHT = Date.UTC(2026, 10, 23, 22)
const BOTH_ASLEEP = Date.UTC(2026, 10, 24, 3)
const NOON = Date.UTC(2026, 10, 24, 14)

test('each child sleeps by the clock where they are', () => {
  const names = (at: number): string[] => sleepersAt(all, at).map(({ name }) => name)
  assert.deepEqual(names(MONDAY_NIGHT), ['Mia'])
  assert.deepEqual(names(BOTH_ASLEEP), ['Mia', 'Tom'])
  assert.deepEqual(names(NOON), [])
  assert.equal(sleepersAt(all, MONDAY_NIGHT)[0]?.until, Date.UTC(2026, 10, 24, 7))
})

test('a message waits if one of those it is for sleeps', () => {
  const sleepers = sleepersAt(all, MONDAY_NIGHT)
  const to = (...ids: readonly ChildId[]): { to: { child: ChildId; name: string }[] } => ({
    to: ids.map((child) => ({ child, name: '' })),
  })
  assert.equal(sleeperOf(to(tom), sleepers), undefined)
  assert.equal(sleeperOf(to(tom, mia), sleepers)?.name, 'Mia')
  assert.equal(sleeperOf({ to: [{ person: gran, name: 'Grandma' }] }, sleepers), undefined)
})

test('the toy is as soft as the softest of them wants it', () => {
  assert.equal(loudestNow([]), 100)
  assert.equal(loudestNow(sleepersAt(all, BOTH_ASLEEP)), 20)
})
