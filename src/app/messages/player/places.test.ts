import assert from 'node:assert/strict'
import { test } from 'node:test'
import { left, placeOf, type Places } from './places.ts'

test('what was left in the middle goes on there', () => {
  const places = left(left([], 'a', 12.5, 40), 'b', 7, 40)
  assert.equal(placeOf(places, 'a'), 12.5)
  assert.equal(placeOf(left(places, 'a', 20, 40), 'a'), 20)
  assert.equal(placeOf(places, 'c'), 0)
})

test('what was hardly begun, or is nearly over, begins again', () => {
  const places = left([], 'a', 12.5, 40)
  assert.equal(placeOf(left(places, 'a', 1.9, 40), 'a'), 0)
  assert.equal(placeOf(left(places, 'a', 38.5, 40), 'a'), 0)
  assert.equal(placeOf(left([], 'short', 1.5, 3), 'short'), 0)
})

test('the oldest of many are forgotten', () => {
  let places: Places = []
  for (let n = 0; n < 300; n++) places = left(places, `m${n}`, 5, 40)
  assert.equal(places.length, 200)
  assert.equal(placeOf(places, 'm99'), 0)
  assert.equal(placeOf(places, 'm100'), 5)
})
