import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boxClock } from './box-clock.ts'

const NOON = Date.UTC(2026, 4, 1, 12)
const HOUR = 60 * 60 * 1000

/** A phone whose own clock says noon, after one answer of a server that says `told`. */
async function phoneTold(told: string | undefined): Promise<number> {
  const headers = told === undefined ? {} : { date: told }
  const answer = new Response(null, { headers })
  const clock = boxClock(
    () => Promise.resolve(answer),
    () => NOON,
  )
  assert.equal(clock.now(), NOON)
  await clock.fetch('https://pawpost.example/', {})
  return clock.now()
}

test('a phone whose clock is hours off goes by the server’s', async () => {
  for (const off of [-3 * HOUR, 7 * HOUR]) {
    assert.equal(await phoneTold(new Date(NOON + off).toUTCString()), NOON + off)
  }
})

test('what cannot be a wrong clock changes nothing, nor does a second', async () => {
  for (const told of [undefined, 'yesterday', new Date(NOON + 25 * HOUR).toUTCString()]) {
    assert.equal(await phoneTold(told), NOON)
  }
  assert.equal(await phoneTold(new Date(NOON + 1000).toUTCString()), NOON)
})
