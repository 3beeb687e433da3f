import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createDeadline } from './deadline.ts'

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work().catch(() => undefined)
  return performance.now() - start
}

test('answers and refusals leave at the deadline, slow ones at the next', async () => {
  const within = createDeadline(60)
  const quick = within(async () => 'done')
  const refused = within(async () => Promise.reject(new Error('no')))
  const slow = within(() => sleep(70))
  const [one, two, three] = await Promise.all(
    [quick, refused, slow].map((each) => timed(() => each(0))),
  )
  const [first, second, third] = [one ?? NaN, two ?? NaN, three ?? NaN]
  for (const ms of [first, second]) assert.ok(ms >= 60 && ms < third, `${ms}, ${third}`)
  assert.ok(third >= 120, String(third))
  assert.equal(await quick(0), 'done')
  await assert.rejects(refused(0), /no/)
})

test('without a deadline nothing waits', async () => {
  assert.ok((await timed(() => createDeadline(0)(async () => 1)(0))) < 500)
})
