import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startMail, startPush } from '../../src/protocol/api/notices.ts'
import { accountId, householdId } from '../../src/protocol/ids.ts'
import { askForRotation, readProgress } from '../../src/server/rotation/progress.ts'
import { signUpAt, type TestAccount } from '../harness/account.ts'
import { wholeFamily, type WholeFamily } from '../harness/family.ts'
import { byteNeedles, createHunter, textNeedles, type Hit } from '../harness/hunt.ts'
import {
  familyClock,
  sealVoice,
  send,
  upload,
  visit,
  visitWith,
  type Visitor,
} from '../harness/key-plane.ts'
import {
  newReceiver,
  startPushService,
  type PushService,
  type Receiver,
} from '../harness/push-service.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { asOwner, stolenFiles, stolenTables, type Loot } from '../harness/stolen.ts'

const clock = familyClock()
const MINUTE = 60_000

let service: PushService
let server: TestServer
let home: WholeFamily
let mums: Visitor
let account: TestAccount
let phone: Receiver
let said = 0

before(async () => {
  service = await startPushService()
  server = await startTestServer({ clock, args: ['--push-hosts', service.origin] })
  mums = await visit(server, clock)
  home = await wholeFamily()
  await upload(mums, home.family, home.mum.device)
  account = await signUpAt(server)
  const { api } = visitWith(server, account.cookie, clock)
  phone = newReceiver(service)
  const params = { household: home.family.household.id }
  const { device } = home.grandma
  await api.call(startPush, { params, body: phone.given }, device)
  await api.call(startMail, { params, body: { pace: 'at-once' } }, device)
})
after(async () => {
  await server.close()
  await service[Symbol.asyncDispose]()
})

/** Grandma gets post and is told of it in both ways. */
async function tell(): Promise<void> {
  const { family, mum, grandma } = home
  said += 1
  const voice = await sealVoice(family, mum, [grandma.person], { bytes: 6000, n: said })
  const [pushes, mails] = [service.pushes.length, (await server.mails()).length]
  await send(mums, family, mum.device, voice)
  clock.advance(61 * MINUTE)
  const until = Date.now() + 8000
  const isTold = async (): Promise<boolean> =>
    service.pushes.length > pushes && (await server.mails()).length > mails
  while (!(await isTold()) && Date.now() < until) await sleep(100)
  assert.ok(await isTold())
}

async function hunt(
  loot: readonly Loot[],
  needles: ReturnType<typeof textNeedles>,
): Promise<readonly Hit[]> {
  const hunter = createHunter(needles)
  const hits: Hit[] = []
  for (const { place, pieces } of loot) hits.push(...(await hunter.hunt(place, pieces)))
  return hits
}

test('whoever steals everything but the vault finds no browser', async () => {
  await tell()
  const { endpoint, p256dh, auth } = phone.given
  const needles = [
    ...textNeedles('endpoint', phone.path),
    ...textNeedles('endpoint', endpoint.slice(0, -8)),
    ...byteNeedles('p256dh', Buffer.from(p256dh, 'base64url')),
    ...byteNeedles('auth', Buffer.from(auth, 'base64url')),
  ]
  const log = { place: 'log', pieces: [Buffer.from(server.lines.join('\n'))] }
  const loot = [...(await stolenTables(server.data)), ...(await stolenFiles(server.data)), log]
  assert.deepEqual(await hunt(loot, needles), [])
  const control = [{ place: 'control', pieces: [Buffer.from(`{"endpoint":"${endpoint}"}`)] }]
  assert.ok((await hunt(control, needles)).length > 0)
})

test('no table, and no mail with it, ties an account to a household', async () => {
  const { rows } = await asOwner(server.data, (client) =>
    client.query<{ rows: string }>(
      `SELECT push::text || mail::text AS rows FROM push_subscriptions push, mail_notices mail`,
    ),
  )
  const [mail = ''] = (await server.mails()).slice(-1)
  const code = /\/unsubscribe#(\S{22})\r$/m.exec(mail)?.[1] ?? ''
  assert.equal(code.length, 22)
  const needles = [
    ...textNeedles('account', account.account),
    ...byteNeedles('account', accountId.bytes(accountId.schema.parse(account.account))),
    ...byteNeedles('code', Buffer.from(code, 'base64url')),
    ...textNeedles('address', account.email),
  ]
  const told = [{ place: 'rows', pieces: rows.map((row) => Buffer.from(row.rows)) }]
  assert.equal(rows.length, 1)
  assert.deepEqual(await hunt(told, needles), [])
  const here = Buffer.from(householdId.bytes(home.family.household.id)).toString('hex')
  assert.ok(rows[0]?.rows.includes(here), 'it looked at the right rows')
})

test('everything is sealed anew while the server runs, and people are told as before', async () => {
  const before = await sealedNow()
  await askForRotation(server.data)
  const until = Date.now() + 20_000
  while ((await readProgress(server.data)) && Date.now() < until) {
    clock.advance(MINUTE)
    await sleep(200)
  }
  assert.equal(await readProgress(server.data), undefined)
  const fresh = await sealedNow()
  assert.equal(fresh.length, 2)
  assert.ok(fresh.every((each) => !before.includes(each)))
  await tell()
  assert.equal(phone.opened(service).length, 2)
})

async function sealedNow(): Promise<string[]> {
  const { rows } = await asOwner(server.data, (client) =>
    client.query<{ sealed: Buffer }>(
      'SELECT sealed FROM push_subscriptions UNION SELECT sealed FROM mail_notices',
    ),
  )
  return rows.map(({ sealed }) => sealed.toString('hex'))
}
