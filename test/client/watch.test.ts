import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { append } from '../../src/client/append.ts'
import type { Client } from '../../src/client/client.ts'
import { readFamily } from '../../src/client/family.ts'
import { createHousehold } from '../../src/client/household.ts'
import { step } from '../../src/client/live.ts'
import { pullLog } from '../../src/client/pull-log.ts'
import { recover } from '../../src/client/recovery.ts'
import { randomBytes } from '../../src/keys/device.ts'
import { proposeNotice } from '../../src/keys/governing.ts'
import { joinKey } from '../../src/keys/invitation.ts'
import { proposeInvite, proposeRemove } from '../../src/keys/links.ts'
import { inviteId, type PrincipalId } from '../../src/protocol/ids.ts'
import { NOTICE_MS } from '../../src/protocol/log/ending.ts'
import { applyLink } from '../../src/protocol/log/verify.ts'
import { rewrites } from '../evil-server/lies.ts'
import { startEvilServer, type EvilServer } from '../evil-server/proxy.ts'
import { endsIn } from '../evil-server/story.ts'
import { createTestClock } from '../harness/clock.ts'
import { enlist, letIn, startClient, type Installation } from '../harness/member.ts'

// A guardian dates links as they please, and the server lets it pass: every phone has a clock.

const HOURS = 60 * 60 * 1000

const clock = createTestClock()
let server: EvilServer
before(async () => void (server = await startEvilServer({ clock })))
afterEach(() => server.behave())
after(() => server.close())

type Home = {
  readonly phone: Installation
  readonly mum: Client
  readonly mumId: PrincipalId
  readonly dad: Client
  readonly card: string
}

function startAt(installation: Installation): Client {
  return startClient(installation, { now: () => clock.now() })
}

async function homeOfTwo(): Promise<Home> {
  const phone = await enlist(server)
  const mum = startAt(phone)
  const { recoveryCard: card } = await createHousehold(mum, { child: 'Zebulon', name: 'Ruth' })
  const dad = startAt(await enlist(server))
  await letIn(mum, dad, 'Paul', 'guardian')
  await step(mum)
  return { phone, mum, mumId: (await readFamily(mum)).person, dad, card }
}

/** How the guardian's own phone believes that she was removed. */
async function endingOf({ mum, mumId }: Home): Promise<string | undefined> {
  return (await readFamily(mum)).household.principals.get(mumId)?.ended
}

/** A notice that is dated back, and the removal it allows: what no honest server takes. */
async function overnight({ dad, mumId }: Home): Promise<{ from: number; links: Uint8Array[] }> {
  const { household, device } = await pullLog(dad)
  const now = clock.now()
  const early = { household, device, now: now - NOTICE_MS }
  const { link: notice } = await proposeNotice(early, mumId)
  const standing = { household: applyLink(household, notice), device, now }
  const { link: removal } = await proposeRemove(standing, mumId, new Map())
  return { from: household.hashes.length, links: [notice, removal] }
}

test('a guardian who looked yesterday is not removed overnight', async () => {
  const home = await homeOfTwo()
  const { mum } = home
  const { from, links } = await overnight(home)
  clock.advance(20 * HOURS)
  server.lie(rewrites(from, links))
  await endsIn(step(mum), 'tampered', 'notice-early')
  assert.equal((await readFamily(mum)).household.hashes.length, from + 1, 'the notice is believed')
  assert.equal(await endingOf(home), undefined)
  clock.advance(51 * HOURS)
  await endsIn(step(mum), 'tampered', 'notice-early')
  clock.advance(1 * HOURS)
  await pullLog(mum)
  assert.equal(await endingOf(home), 'notice', 'after 72 hours it may be true')
})

test('a phone that was started again remembers when it looked', async () => {
  const home = await homeOfTwo()
  const { from, links } = await overnight(home)
  clock.advance(71 * HOURS)
  server.lie(rewrites(from, links))
  for (let starts = 0; starts < 2; starts += 1) {
    await endsIn(step(startAt(home.phone)), 'tampered', 'notice-early')
  }
})

/** Through the honest server: announced, three days pass, removed. */
async function announce({ dad, mumId }: Home): Promise<void> {
  await append(dad, (standing) => proposeNotice(standing, mumId))
}

async function removeBy({ dad, mumId }: Home): Promise<void> {
  await append(dad, (standing) => proposeRemove(standing, mumId, new Map()))
}

test('after an honest notice the phone that watched believes the removal', async () => {
  const home = await homeOfTwo()
  await announce(home)
  for (let hours = 0; hours < 72; hours += 12) {
    await step(home.mum)
    clock.advance(12 * HOURS)
  }
  await removeBy(home)
  await pullLog(home.mum)
  assert.equal(await endingOf(home), 'notice')
})

test('and so does the phone that was away all the time', async () => {
  const home = await homeOfTwo()
  await announce(home)
  clock.advance(72 * HOURS)
  await removeBy(home)
  await pullLog(home.mum)
  assert.equal(await endingOf(home), 'notice')
})

test('a notice that was taken back counts anew', async () => {
  const home = await homeOfTwo()
  await announce(home)
  await step(home.mum)
  clock.advance(73 * HOURS)
  await append(home.dad, (standing) => proposeNotice(standing, home.mumId, false))
  await step(home.mum)
  const { from, links } = await overnight(home)
  clock.advance(1 * HOURS)
  server.lie(rewrites(from, links))
  await endsIn(step(home.mum), 'tampered', 'notice-early')
})

test('a link that is dated more than a day ahead waits until it is not', async () => {
  const home = await homeOfTwo()
  const { household, device } = await pullLog(home.dad)
  const standing = { household, device, now: clock.now() + 25 * HOURS }
  const { sig: join } = await joinKey(randomBytes(16))
  const id = inviteId.from(randomBytes(16))
  const invitation = { id, role: 'relative', join, expires: clock.now() } as const
  const { link } = await proposeInvite(standing, invitation)
  server.lie(rewrites(household.hashes.length, [link]))
  await endsIn(step(home.mum), 'tampered', 'time-ahead')
  assert.equal((await readFamily(home.mum)).household.hashes.length, household.hashes.length)
  const next = startAt(await enlist(server))
  await endsIn(recover(next, home.card), 'tampered', 'time-ahead')
  clock.advance(2 * HOURS)
  await step(home.mum)
  assert.ok((await readFamily(home.mum)).household.invites.has(id))
})
