import assert from 'node:assert/strict'
import { test } from 'node:test'
import { killAndCount } from '../harness/kill-loop.ts'

test('nothing acknowledged is lost: the server killed at 20 random moments', async (context) => {
  const seed = Date.now() % 1_000_000
  context.diagnostic(`seed ${seed}`)
  const counts = await killAndCount(20, seed)
  context.diagnostic(JSON.stringify(counts))
  assert.equal(counts.kills, 20)
  assert.ok(counts.acknowledged > 40)
})
