import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBell } from './bell.ts'

const never = new AbortController().signal

test('a bell that rings while nobody waits wakes the next one at once, and only once', async () => {
  const bell = createBell()
  bell.ring()
  bell.ring()
  await bell.wait(60_000, never)
  const started = performance.now()
  await bell.wait(20, never)
  assert.ok(performance.now() - started >= 15)
})

test('a waiter is woken by a ring and by its signal', async () => {
  const bell = createBell()
  const waiting = bell.wait(60_000, never)
  bell.ring()
  await waiting
  const leaving = new AbortController()
  const leaver = bell.wait(60_000, leaving.signal)
  leaving.abort()
  await leaver
})
