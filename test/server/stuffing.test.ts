import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from '../../src/server/platform/clock.ts'
import { startTestServer } from '../harness/server.ts'
import { stuff } from '../harness/stuffing.ts'

test('300 stuffed logins from 30 addresses open nothing, and the owner still signs in', async () => {
  await using server = await startTestServer({ args: ['--forwarded', 'x-forwarded-for'] })
  const plan = { logins: 300, sources: 30, atOnce: 8 }
  const { sessions, stopped, ownerSignIns, ownerFailures, answers } = await stuff(
    server,
    systemClock,
    plan,
  )
  assert.equal(sessions, 0, JSON.stringify(answers))
  assert.equal(answers['201'], undefined)
  assert.ok(stopped > 0, 'no leaked password was ever looked at')
  assert.deepEqual([ownerSignIns, ownerFailures], [4, 0])
})
