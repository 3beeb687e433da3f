import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createQueue } from './queue.ts'

test('so many work, so many wait, the rest is told at once that we are busy', async () => {
  const queue = createQueue({ atOnce: 2, waiting: 3 })
  let running = 0
  let most = 0
  const gate = Promise.withResolvers<void>()
  const work = async (): Promise<void> => {
    running += 1
    most = Math.max(most, running)
    await gate.promise
    running -= 1
  }
  const accepted = Array.from({ length: 5 }, () => queue(work))
  await assert.rejects(queue(work), { code: 'busy' })
  gate.resolve()
  await Promise.all(accepted)
  assert.equal(most, 2)
  await queue(work)
})

test('a work that fails gives its place back', async () => {
  const queue = createQueue({ atOnce: 1, waiting: 0 })
  await assert.rejects(
    queue(() => Promise.reject(new RangeError('no'))),
    RangeError,
  )
  assert.equal(await queue(async () => 'yes'), 'yes')
})
