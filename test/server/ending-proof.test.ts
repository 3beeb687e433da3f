import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endFamily } from '../../src/client/ending.ts'
import { createHousehold } from '../../src/client/household.ts'
import { pullLog } from '../../src/client/pull-log.ts'
import { createTestClock } from '../harness/clock.ts'
import { enlist, startClient } from '../harness/member.ts'
import { startTestServer } from '../harness/server.ts'

const MINUTE = 60_000

test('who ends a family proves anew who they are, however well the device signs', async () => {
  const clock = createTestClock()
  await using server = await startTestServer({ clock })
  const mum = startClient(await enlist(server), { now: () => clock.now() })
  await createHousehold(mum, { child: 'Mia', name: 'Mama' })
  clock.advance(11 * MINUTE)
  await assert.rejects(endFamily(mum), { code: 'proof-needed' })
  assert.ok((await pullLog(mum)).household.hashes.length > 0, 'the family is still there')
})
