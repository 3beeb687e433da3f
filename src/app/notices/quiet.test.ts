import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isQuiet } from './quiet.ts'

function at(hours: number, minutes = 0): Date {
  return new Date(2026, 10, 23, hours, minutes)
}

test('quiet hours go past midnight, and end with their last minute', () => {
  const night = { from: '21:00', to: '07:00' }
  const quiet = [at(21), at(23, 59), at(0), at(6, 59)]
  const loud = [at(7), at(12), at(20, 59)]
  for (const moment of quiet) assert.equal(isQuiet(night, moment), true, String(moment))
  for (const moment of loud) assert.equal(isQuiet(night, moment), false, String(moment))
})

test('they may lie within a day, and there may be none', () => {
  const nap = { from: '12:30', to: '14:00' }
  assert.equal(isQuiet(nap, at(12, 30)), true)
  assert.equal(isQuiet(nap, at(12, 29)), false)
  assert.equal(isQuiet(nap, at(14)), false)
  assert.equal(isQuiet({ from: '08:00', to: '08:00' }, at(8)), false)
  assert.equal(isQuiet(undefined, at(3)), false)
})
