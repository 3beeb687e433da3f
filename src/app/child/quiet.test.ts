import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChildId } from '../../protocol/ids.ts'
import { nightOf, QUIET_LEVEL } from './quiet.ts'

const [mia, tom, ada] = ['ch-mia', 'ch-tom', 'ch-ada'] as [ChildId, ChildId, ChildId]
const school = { from: 19 * 60, to: 7 * 60 }
const all = [
  { id: mia, name: 'Mia', quiet: { zone: 'UTC', school, volume: 20 } },
  { id: tom, name: 'Tom', quiet: { zone: 'UTC', school, volume: 90 } },
  { id: ada, name: 'Ada', quiet: { zone: 'America/New_York', school, volume: 0 } },
]
const MONDAY_NIGHT = Date.UTC(2026, 10, 23, 22)

test('at night a screen is as soft as its child’s toy, and soft in any case', () => {
  assert.equal(nightOf(all, mia)(MONDAY_NIGHT), 0.2)
  assert.equal(nightOf(all, tom)(MONDAY_NIGHT), QUIET_LEVEL)
  assert.equal(nightOf(all, ada)(Date.UTC(2026, 10, 24, 3)), 0)
})

test('by day, and where it is still day, it is as loud as ever', () => {
  assert.equal(nightOf(all, mia)(Date.UTC(2026, 10, 24, 14)), undefined)
  assert.equal(nightOf(all, ada)(MONDAY_NIGHT), undefined)
  assert.equal(nightOf([], mia)(MONDAY_NIGHT), undefined)
})
