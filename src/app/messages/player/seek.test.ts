import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seekByKey } from './seek.ts'

const short = { seconds: 20, isRightToLeft: false }

const TABLE = [
  ['ArrowRight', 11, 9],
  ['ArrowLeft', 9, 11],
  ['ArrowUp', 11, 11],
  ['ArrowDown', 9, 9],
  ['PageUp', 20, 20],
  ['PageDown', 0, 0],
  ['Home', 0, 0],
  ['End', 20, 20],
  ['Tab', undefined, undefined],
] as const

for (const [key, left, right] of TABLE) {
  test(`${key} goes to ${left} from the left and to ${right} from the right`, () => {
    assert.equal(seekByKey(key, 10, short), left)
    assert.equal(seekByKey(key, 10, { ...short, isRightToLeft: true }), right)
  })
}

test('long voices move by five seconds, and none beyond its ends', () => {
  assert.equal(seekByKey('ArrowRight', 10, { ...short, seconds: 200 }), 15)
  assert.equal(seekByKey('ArrowLeft', 0.5, short), 0)
  assert.equal(seekByKey('ArrowRight', 19.5, short), 20)
})
