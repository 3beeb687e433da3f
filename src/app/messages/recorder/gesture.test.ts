import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reachOf, releaseOf, slideOf, type Reading } from './gesture.ts'

const press = { x: 200, y: 500, at: 1000 }
const slid = (dx: number, dy: number, reading: Reading = 1) =>
  slideOf(press, { x: press.x + dx, y: press.y + dy, at: 2000 }, reading)

/** Pixels to the right, pixels down, and what that means read from the left and from the right. */
const TABLE = [
  [0, 0, undefined, undefined],
  [-70, -60, undefined, undefined],
  [200, 200, undefined, 'cancel'],
  [-90, 0, 'cancel', undefined],
  [90, 0, undefined, 'cancel'],
  [0, -90, 'lock', 'lock'],
  [-110, -100, 'cancel', 'lock'],
  [-90, -200, 'lock', 'lock'],
  [110, -100, 'lock', 'cancel'],
  [0, 90, undefined, undefined],
  [-80, -80, 'cancel', 'lock'],
] as const

for (const [dx, dy, left, right] of TABLE) {
  test(`${dx} px across and ${dy} px down: ${left} from the left, ${right} from the right`, () => {
    assert.equal(slid(dx, dy, 1), left)
    assert.equal(slid(dx, dy, -1), right)
  })
}

test('a finger on its way is seen to come nearer', () => {
  const at = { x: 160, y: 520, at: 2000 }
  assert.deepEqual(reachOf(press, at, 1), { bin: 0.5, lock: 0 })
  assert.deepEqual(reachOf(press, at, -1), { bin: 0, lock: 0 })
  assert.deepEqual(reachOf(press, { x: 900, y: 0, at: 2000 }, -1), { bin: 1, lock: 1 })
})

test('a short press is a tap, a long one a hold', () => {
  assert.equal(releaseOf(press, { ...press, at: 1349 }), 'tap')
  assert.equal(releaseOf(press, { ...press, at: 1350 }), 'hold')
})
