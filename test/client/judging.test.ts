import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { approve, reject, tellEvent, withdrawApproval } from '../../src/client/judging.ts'
import { entries } from '../../src/client/mailbag.ts'
import { waiting } from '../../src/client/outbox.ts'
import { approvalFor, markInTheBear } from '../../src/client/toy.ts'
import type { MessageId } from '../../src/protocol/ids.ts'
import { demandState, homeAt, say, together, type Home } from '../harness/home.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// Guardians decide, change their minds, and everybody concerned sees the same.

let server: TestServer
let home: Home
before(async () => {
  server = await startTestServer()
  home = await homeAt(server)
})
after(() => server.close())

async function asked(): Promise<MessageId> {
  const said = await say(home.gran, { to: 'child' })
  await together(home.mum, home.tablet)
  return said
}

async function everybody(): Promise<void> {
  await together(home.mum, home.tablet, home.gran)
}

test('an approval is taken back, and given again', async () => {
  const { mum, tablet, gran } = home
  const said = await asked()
  await demandState(said, 'waiting', mum, tablet, gran)
  await approve(mum, said)
  await everybody()
  await demandState(said, 'approved', mum, tablet, gran)
  assert.equal((await approvalFor(tablet, said)).message, said)
  await withdrawApproval(tablet, said)
  await everybody()
  await demandState(said, 'waiting', mum, tablet, gran)
  await assert.rejects(approvalFor(mum, said), { code: 'not-approved', reason: 'withdrawn' })
  await approve(mum, said)
  await everybody()
  await demandState(said, 'approved', mum, tablet, gran)
  assert.equal((await approvalFor(tablet, said)).message, said)
  await reject(tablet, said)
  await everybody()
  await demandState(said, 'rejected', mum, tablet, gran)
  await assert.rejects(approvalFor(mum, said), { reason: 'rejected' })
})

test('the same once more says nothing more, also before it went out', async () => {
  const { mum } = home
  const said = await asked()
  for (const decide of [approve, withdrawApproval, reject]) {
    await decide(mum, said)
    const { length } = await waiting(mum)
    await decide(mum, said)
    assert.equal((await waiting(mum)).length, length)
    await everybody()
    const before = (await entries(mum)).length
    await decide(mum, said)
    await everybody()
    assert.equal((await entries(mum)).length, before)
  }
})

test('what is in the bear stays there when its approval is taken back', async () => {
  const { mum, tablet, gran } = home
  const said = await asked()
  await approve(mum, said)
  await markInTheBear(mum, said)
  await everybody()
  await withdrawApproval(mum, said)
  await everybody()
  await demandState(said, 'in-the-bear', mum, tablet, gran)
  await assert.rejects(approvalFor(mum, said), { reason: 'withdrawn' })
})

test("a guardian's own voice can be held back, too", async () => {
  const { mum, tablet } = home
  const said = await say(mum, { to: 'child' })
  await everybody()
  await demandState(said, 'approved', mum, tablet)
  await withdrawApproval(tablet, said)
  await everybody()
  await demandState(said, 'waiting', mum, tablet)
  await assert.rejects(approvalFor(mum, said), { reason: 'withdrawn' })
})

test('a relative decides nothing', async () => {
  const { mum, gran } = home
  const said = await asked()
  for (const decide of [approve, reject, withdrawApproval]) {
    await assert.rejects(decide(gran, said), { code: 'device-refused' })
  }
  for (const event of ['approved', 'withdrawn', 'rejected', 'in-the-bear'] as const) {
    await tellEvent(gran, said, event).catch(() => undefined)
  }
  await everybody()
  await demandState(said, 'waiting', mum, gran)
})
