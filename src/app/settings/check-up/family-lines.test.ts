import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WaysIn } from '../../../client/ways.ts'
import { linesOf } from './family-lines.ts'

const ALONE: WaysIn = { isGuardian: true, devices: 1, hasCard: false, ways: 1 }

function said(facts: WaysIn): readonly string[] {
  return linesOf(facts).map(({ state, title }) => `${state}: ${title}`)
}

test('one device and no card is a warning', () => {
  assert.deepEqual(said(ALONE), [
    'look: Only one way in',
    'look: You have no recovery card',
    'fine: One device is yours',
  ])
})

test('a card is a second way in', () => {
  assert.deepEqual(said({ ...ALONE, hasCard: true, ways: 2 }), [
    'fine: More than one way in',
    'fine: You have a recovery card',
    'fine: One device is yours',
  ])
})

test('so is the other parent, but the card is still missing: it comes first', () => {
  assert.deepEqual(said({ ...ALONE, ways: 2, devices: 2 }), [
    'look: You have no recovery card',
    'fine: More than one way in',
    'fine: 2 devices are yours',
  ])
})

test('a relative hears of the own device only', () => {
  const lines = linesOf({ isGuardian: false, devices: 1, hasCard: false, ways: 3 })
  assert.equal(lines.length, 1)
  assert.match(lines[0]?.says ?? '', /new invitation/)
})

test('what is to be looked at can be mended, and on a page that there is', () => {
  for (const { state, todo } of linesOf(ALONE)) {
    if (state === 'look') assert.match(todo?.to ?? '', /^\/settings(\/add-phone)?$/)
  }
})
