import assert from 'node:assert/strict'
import { test } from 'node:test'
import { begin, LONGEST, press, type Game, type Told } from './game.ts'

const rules = (...values: number[]) => ({ paws: 4, random: () => values.shift() ?? 0 })

/** Presses the whole row as it is; gives what was told of each paw. */
function repeat(game: Game, next: number): { game: Game; told: Told[] } {
  const told: Told[] = []
  let now = game
  for (const paw of game.row) {
    const result = press(now, paw, rules(next))
    told.push(result.told)
    now = result.game
  }
  return { game: now, told }
}

test('a row begins with one paw and grows by one when it was repeated', () => {
  const first = begin(4, () => 0.6)
  assert.deepEqual(first, { row: [2], at: 0 })
  const second = repeat(first, 0.1)
  assert.deepEqual(second, { game: { row: [2, 0], at: 0 }, told: ['grown'] })
  assert.deepEqual(repeat(second.game, 0.9).game, { row: [2, 0, 3], at: 0 })
  assert.deepEqual(repeat(second.game, 0.9).told, ['right', 'grown'])
})

test('another paw shows the same row again, and nothing is lost', () => {
  const game = { row: [1, 3, 0], at: 2 }
  const wrong = press(game, 2, rules(0.5))
  assert.deepEqual(wrong, { told: 'other', game: { row: [1, 3, 0], at: 0 } })
})

test('the longest row ends in a feast, and it begins anew with one', () => {
  let game = begin(4, () => 0)
  for (let length = 1; length < LONGEST; length++) game = repeat(game, (length % 4) / 4).game
  assert.equal(game.row.length, LONGEST)
  const end = repeat(game, 0.3)
  assert.equal(end.told.at(-1), 'finished')
  assert.equal(end.game.row.length, 1)
})

test('no paw comes three times in a row, and every paw there is can come', () => {
  const game = { row: [3, 3], at: 1 }
  assert.deepEqual(press(game, 3, rules(0.99)).game.row, [3, 3, 0])
  const seen = new Set([0, 0.25, 0.5, 0.75, 0.999].map((x) => begin(4, () => x).row[0]))
  assert.deepEqual([...seen], [0, 1, 2, 3])
  assert.equal(begin(2, () => 0.999).row[0], 1)
})
