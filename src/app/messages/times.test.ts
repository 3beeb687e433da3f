import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clockOf, dayOf } from './times.ts'

test('lengths read as minutes and seconds', () => {
  assert.equal(clockOf(0), '0:00')
  assert.equal(clockOf(7_999), '0:07')
  assert.equal(clockOf(119_500), '1:59')
})

test('a day has a name when it is near, midnight being where the person is', () => {
  const at = (day: number, hour: number): number => new Date(2026, 2, day, hour).getTime()
  assert.match(dayOf(at(28, 23), at(28, 23) + 60_000), /^Today /)
  assert.match(dayOf(at(28, 23), at(29, 0)), /^Yesterday /)
  // The night of the 29th is an hour short in many places.
  assert.match(dayOf(at(29, 1), at(30, 22)), /^Yesterday /)
  assert.doesNotMatch(dayOf(at(1, 12), at(29, 12)), /day /)
})
