import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTonight, zones } from './clock.ts'

const at = (text: string): number => Date.parse(text)

test('tonight is the night to come, by the clock of the zone', () => {
  const noon = at('2026-11-23T12:00:00Z')
  assert.equal(isTonight(noon, at('2026-11-23T19:30:00Z'), 'UTC'), true)
  assert.equal(isTonight(noon, at('2026-11-24T00:30:00Z'), 'UTC'), true)
  assert.equal(isTonight(noon, at('2026-11-24T19:30:00Z'), 'UTC'), false)
  // It is evening there already: their next evening is tomorrow's.
  assert.equal(isTonight(noon, at('2026-11-24T10:30:00Z'), 'Asia/Tokyo'), false)
})

test('a zone that this device does not know can stay chosen', () => {
  const all = zones('Mars/Base_One').map(({ value }) => value)
  assert.ok(all.includes('Mars/Base_One') && all.includes('Europe/Berlin'))
  assert.equal(new Set(all).size, all.length)
})
