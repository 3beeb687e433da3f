import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Device } from '../../src/keys/device.ts'
import { proposeRevokeDevice } from '../../src/keys/links.ts'
import { signOut } from '../../src/protocol/api/accounts.ts'
import { readMailbox } from '../../src/protocol/api/messages.ts'
import { readNotices, startPush, stopPush } from '../../src/protocol/api/notices.ts'
import { deviceId, householdId } from '../../src/protocol/ids.ts'
import type { TestClock } from '../harness/clock.ts'
import {
  addDevice,
  append,
  counted,
  standing,
  wholeFamily,
  type WholeFamily,
} from '../harness/family.ts'
import {
  appendTo,
  familyClock,
  refuses,
  sealVoice,
  send,
  upload,
  visit,
  type Visitor,
} from '../harness/key-plane.ts'
import {
  claimsOf,
  newReceiver,
  startPushService,
  type PushService,
  type Receiver,
} from '../harness/push-service.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { asOwner } from '../harness/stolen.ts'

const clock: TestClock = familyClock()
/** A message that is as long as a voice is. */
const VOICE = { bytes: 6000 }
const SECOND = 1000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE

let service: PushService
let server: TestServer
let mums: Visitor
let grandmas: Visitor
let home: WholeFamily

before(async () => {
  service = await startPushService()
  server = await startTestServer({ clock, args: ['--push-hosts', service.origin] })
  mums = await visit(server, clock)
})
after(async () => {
  await server.close()
  await service[Symbol.asyncDispose]()
})

async function settle(): Promise<void> {
  home = await wholeFamily()
  await upload(mums, home.family, home.mum.device)
  grandmas = await visit(server, clock)
}

function start({ api }: Visitor, device: Device, receiver: Receiver): Promise<unknown> {
  const params = { household: home.family.household.id }
  return api.call(startPush, { params, body: receiver.given }, device)
}

async function subscribed(visitor: Visitor, device: Device): Promise<Receiver> {
  const receiver = newReceiver(service)
  await start(visitor, device, receiver)
  return receiver
}

/** Mum says something to grandma. */
async function speak(n: number, bytes = VOICE): Promise<void> {
  const { family, mum, grandma } = home
  const voice = await sealVoice(family, mum, [grandma.person], { ...bytes, n })
  await send(mums, family, mum.device, voice)
}

function countOf({ path }: Receiver): number {
  return service.pushes.filter((push) => push.path === path).length
}

/** Waits until so many pushes came, or as long as more would take. */
async function pushed(receiver: Receiver, count: number): Promise<void> {
  const until = Date.now() + 5000
  while (countOf(receiver) < count && Date.now() < until) await sleep(50)
  assert.equal(countOf(receiver), count)
}

/** Time goes by, and so does what is looked for in it. */
async function pass(ms: number): Promise<void> {
  clock.advance(ms)
  await sleep(1600)
}

async function rowsOf(device: Device): Promise<number> {
  return asOwner(server.data, async (client) => {
    const text = 'SELECT FROM push_subscriptions WHERE household = $1'
    const { rowCount } = await client.query(`${text} AND device = $2`, [
      householdId.bytes(home.family.household.id),
      deviceId.bytes(device.id),
    ])
    return rowCount ?? 0
  })
}

test('who gets post is rung once, with nothing in it that says more', async () => {
  await settle()
  const { family, mum, grandma } = home
  const [phone, own] = [
    await subscribed(grandmas, grandma.device),
    await subscribed(mums, mum.device),
  ]
  const params = { household: family.household.id }
  const state = await grandmas.api.call(readNotices, { params }, grandma.device)
  assert.equal(state.push, true)
  await speak(1)
  await speak(2, { bytes: 45_000 })
  await pass(6 * SECOND)
  await pushed(phone, 1)
  await pass(30 * SECOND)
  await speak(3)
  await pass(10 * SECOND)
  assert.equal(countOf(phone), 1, 'once a minute')
  await pass(MINUTE)
  await pushed(phone, 2)
  assert.equal(countOf(own), 0, 'not for what she said herself')
  const [first, second] = service.pushes.filter(({ path }) => path === phone.path)
  assert.ok(first && second && state.key)
  assert.equal(first.body.length, second.body.length)
  assert.deepEqual(phone.opened(service), [Buffer.alloc(32), Buffer.alloc(32)])
  assert.deepEqual([first.headers['ttl'], first.headers['topic']], ['86400', 'post'])
  assert.equal(claimsOf(first, state.key)['aud'], service.origin)
  assert.deepEqual(Object.keys(first.headers).toSorted(), Object.keys(second.headers).toSorted())
  const said = server.lines.join()
  assert.ok(!said.includes(phone.path) && !said.includes(phone.given.auth))
})

test('names, marks and receipts ring nobody', async () => {
  await settle()
  const phone = await subscribed(grandmas, home.grandma.device)
  await speak(1, { bytes: 300 })
  await pass(10 * SECOND)
  assert.equal(countOf(phone), 0)
})

test('a device that looks by itself is not rung', async () => {
  await settle()
  const { family, grandma } = home
  const phone = await subscribed(grandmas, grandma.device)
  await speak(1)
  const params = { household: family.household.id, principal: grandma.person }
  await grandmas.api.call(readMailbox, { params }, grandma.device)
  await pass(10 * SECOND)
  assert.equal(countOf(phone), 0)
})

test('what the push service does not know any more is forgotten', async () => {
  await settle()
  const phone = await subscribed(grandmas, home.grandma.device)
  for (const status of [404, 410]) {
    await start(grandmas, home.grandma.device, phone)
    service.answerWith(status)
    await speak(status)
    await pass(2 * MINUTE)
    service.answerWith(undefined)
    assert.equal(await rowsOf(home.grandma.device), 0, String(status))
  }
})

test('a push service that is busy is asked again, later each time, and given up at last', async () => {
  await settle()
  const phone = await subscribed(grandmas, home.grandma.device)
  service.answerWith(503, { 'retry-after': '60' })
  await speak(1)
  await pass(6 * SECOND)
  await pushed(phone, 1)
  await pass(40 * SECOND)
  assert.equal(countOf(phone), 1, 'it asked for a minute')
  await pass(30 * SECOND)
  await pushed(phone, 2)
  for (const count of [3, 4, 5]) {
    await pass(31 * MINUTE)
    await pushed(phone, count)
  }
  await pass(DAY)
  service.answerWith(undefined)
  assert.equal(countOf(phone), 5)
  await speak(2)
  await pass(6 * SECOND)
  await pushed(phone, 6)
})

test('nobody is rung who signed out, whichever way the session ended', async () => {
  await settle()
  const phone = await subscribed(grandmas, home.grandma.device)
  await grandmas.api.call(signOut, {})
  await speak(1)
  await pass(6 * SECOND)
  assert.equal(countOf(phone), 0)
  assert.equal(await rowsOf(home.grandma.device), 0)
})

test('a device that was ended is forgotten at once', async () => {
  await settle()
  const { family, mum, grandma } = home
  const tablet = await addDevice(family, grandma.device)
  await appendTo(grandmas, family, grandma.device)
  const phone = await subscribed(grandmas, tablet)
  assert.equal(await rowsOf(tablet), 1)
  append(family, await proposeRevokeDevice(standing(family, mum.device), tablet.id, counted(0)))
  await appendTo(mums, family, mum.device)
  await sleep(300)
  assert.equal(await rowsOf(tablet), 0)
  await speak(1)
  await pass(6 * SECOND)
  assert.equal(countOf(phone), 0)
})

test('pushing stops when it is asked to, and replaces the browser that a device had', async () => {
  await settle()
  const { device } = home.grandma
  const [old, fresh] = [await subscribed(grandmas, device), await subscribed(grandmas, device)]
  await speak(1)
  await pass(6 * SECOND)
  await pushed(fresh, 1)
  assert.equal(countOf(old), 0)
  const params = { household: home.family.household.id }
  await grandmas.api.call(stopPush, { params }, device)
  await speak(2)
  await pass(2 * MINUTE)
  assert.equal(countOf(fresh), 1)
})

test('no address is called but one of a push service that the operator named', async () => {
  await settle()
  const { given } = newReceiver(service)
  const params = { household: home.family.household.id }
  const others = [
    'http://127.0.0.1:1/push',
    `http://localhost:${service.port}/push`,
    'http://169.254.169.254/latest/meta-data',
    'https://127.0.0.1/push',
    'https://fcm.googleapis.com/fcm/send/x',
    `${service.origin}@evil.example/`,
    `http://evil.example#${service.origin}`,
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_x',
    'nonsense',
  ]
  for (const endpoint of others) {
    const body = { ...given, endpoint }
    await refuses(
      grandmas.api.call(startPush, { params, body }, home.grandma.device),
      'push-unknown',
    )
  }
  const point = Buffer.alloc(65, 4).toString('base64url')
  const body = { ...given, p256dh: point }
  await refuses(grandmas.api.call(startPush, { params, body }, home.grandma.device), 'bad-request')
  assert.equal(await rowsOf(home.grandma.device), 0)
})

test('a recovery card is pushed to by nobody', async () => {
  await settle()
  await refuses(start(mums, home.card, newReceiver(service)), 'device-refused', 'card')
})

// The last one: families of this harness live on a day in May.
test('a session that nobody used for a month rings nobody', async () => {
  await settle()
  const phone = await subscribed(grandmas, home.grandma.device)
  clock.advance(31 * DAY)
  mums = await visit(server, clock)
  await speak(1)
  await pass(6 * SECOND)
  assert.equal(countOf(phone), 0)
})
