import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLimiter } from './limiter.ts'

test('a limiter gives a burst, then one try per interval, for every key its own', () => {
  let now = 0
  const limiter = createLimiter({ burst: 3, everyMs: 100 }, { now: () => now })
  assert.deepEqual(
    [1, 2, 3, 4].map(() => limiter.take('a')),
    [true, true, true, false],
  )
  assert.equal(limiter.take('b'), true)
  now = 99
  assert.equal(limiter.take('a'), false)
  now = 100
  assert.deepEqual([limiter.take('a'), limiter.take('a')], [true, false])
  now = 10_000
  assert.deepEqual(
    [1, 2, 3, 4].map(() => limiter.take('a')),
    [true, true, true, false],
  )
  assert.throws(() => limiter.charge('a'), { code: 'too-many' })
})

test('a limiter remembers a bounded number of keys and forgets the longest unused', () => {
  const limiter = createLimiter({ burst: 1, everyMs: 1e9 }, { now: () => 0 })
  limiter.take('first')
  for (let index = 0; index < 50_000; index += 1) limiter.take(String(index))
  assert.equal(limiter.take('49999'), false)
  assert.equal(limiter.take('first'), true)
})
