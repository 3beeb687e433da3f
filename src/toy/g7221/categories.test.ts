import assert from 'node:assert/strict'
import { test } from 'node:test'
import { categoriesAt, climb, createLadder } from './categories.ts'

const EXAMPLE = Int8Array.of(8, 15, 15, 15, 12, 11, 8, 9, 7, 5, 3, 1, -5, -6)

test('the worked example: finest categories, ladder and categories of a choice', () => {
  const ladder = createLadder()
  assert.ok(climb(EXAMPLE, 261, ladder))
  assert.deepEqual([...ladder.finest], [5, 1, 1, 1, 3, 3, 5, 4, 5, 7, 7, 7, 7, 7])
  assert.deepEqual([...ladder.steps], [8, 7, 5, 3, 2, 1, 6, 4, 0, 8, 7, 5, 3, 2, 1])
  const categories = new Uint8Array(14)
  categoriesAt(ladder, 13, categories)
  assert.deepEqual([...categories], [6, 2, 2, 3, 4, 5, 6, 6, 7, 7, 7, 7, 7, 7])
})

test('there are sixteen choices for the loudest and the quietest envelope', () => {
  const ladder = createLadder()
  for (const power of [-15, 24]) {
    assert.ok(climb(new Int8Array(14).fill(power), 261, ladder), String(power))
  }
})
