import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sha256 } from '@noble/hashes/sha2.js'
import { randomBytes } from '../../src/keys/device.ts'
import * as api from '../../src/protocol/api/households.ts'
import { readMailbox } from '../../src/protocol/api/messages.ts'
import { startPush } from '../../src/protocol/api/notices.ts'
import { toBase64url } from '../../src/protocol/bytes.ts'
import { commitmentTo } from '../../src/protocol/log/join.ts'
import type { TestClock } from '../harness/clock.ts'
import { askToJoin, invite, stranger, wholeFamily, type WholeFamily } from '../harness/family.ts'
import { familyClock, upload, visit, type Visitor } from '../harness/key-plane.ts'
import {
  newReceiver,
  startPushService,
  type PushService,
  type Receiver,
} from '../harness/push-service.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

// Somebody asks to come in: the guardians are told, as they are of post.

const clock: TestClock = familyClock()
const SECOND = 1000

let service: PushService
let server: TestServer
let mums: Visitor
let home: WholeFamily
let phones: Record<'mum' | 'dad' | 'grandma', Receiver>

before(async () => {
  service = await startPushService()
  server = await startTestServer({ clock, args: ['--push-hosts', service.origin] })
  mums = await visit(server, clock)
  home = await wholeFamily()
})
after(async () => {
  await server.close()
  await service[Symbol.asyncDispose]()
})

async function subscribed(who: 'mum' | 'dad' | 'grandma'): Promise<Receiver> {
  const visitor = who === 'mum' ? mums : await visit(server, clock)
  const receiver = newReceiver(service)
  const params = { household: home.family.household.id }
  await visitor.api.call(startPush, { params, body: receiver.given }, home[who].device)
  return receiver
}

/** Somebody new uses an invitation. Asked with the same bytes it is the same request. */
async function knocking(role: 'relative' | 'guardian'): Promise<() => Promise<unknown>> {
  const invited = await invite(home.family, home.mum, role)
  await upload(mums, home.family, home.mum.device)
  const hello = randomBytes(300)
  const lies = { commitment: commitmentTo(randomBytes(32)), hello: sha256(hello) }
  const asked = await askToJoin(home.family, invited, await stranger(), lies)
  const body = {
    bytes: toBase64url(asked.bytes),
    joinSignature: toBase64url(asked.joinSignature),
    deviceSignature: toBase64url(asked.deviceSignature),
    hello: toBase64url(hello),
  }
  const params = { household: home.family.household.id }
  return () => mums.api.call(api.askToJoin, { params, body }, invited.key)
}

/** Time goes by, and so does what is looked for in it. */
async function pass(ms: number): Promise<void> {
  clock.advance(ms)
  await sleep(1600)
}

function counts(): readonly number[] {
  const count = ({ path }: Receiver): number =>
    service.pushes.filter((push) => push.path === path).length
  return [phones.mum, phones.dad, phones.grandma].map(count)
}

test('whoever asks to come in rings at the guardians, once, and at nobody else', async () => {
  const knock = await knocking('relative')
  phones = {
    mum: await subscribed('mum'),
    dad: await subscribed('dad'),
    grandma: await subscribed('grandma'),
  }
  await knock()
  await knock()
  await pass(6 * SECOND)
  for (let wait = 0; wait < 50 && counts().join() !== '1,1,0'; wait += 1) await sleep(100)
  assert.deepEqual(counts(), [1, 1, 0])
  assert.deepEqual(phones.mum.opened(service), [Buffer.alloc(32)], 'as for any post')
  await pass(120 * SECOND)
  await knock()
  await pass(10 * SECOND)
  assert.deepEqual(counts(), [1, 1, 0], 'the same request again is no news')
})

test('a guardian who is looking is not rung', async () => {
  const knock = await knocking('guardian')
  await pass(120 * SECOND)
  await knock()
  const { household } = home.family
  const params = { household: household.id, principal: household.principal }
  await mums.api.call(readMailbox, { params }, home.mum.device)
  await pass(10 * SECOND)
  for (let wait = 0; wait < 50 && counts()[1] !== 2; wait += 1) await sleep(100)
  assert.deepEqual(counts(), [1, 2, 0])
})
