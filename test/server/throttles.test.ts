import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  freshAddress,
  GOOD_PASSWORD,
  mailsTo,
  post,
  signUpAt,
  type TestAccount,
} from '../harness/account.ts'
import { createJar, type Jar } from '../harness/browser-cookies.ts'
import { createTestClock } from '../harness/clock.ts'
import { secondProcess } from '../harness/second-process.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const WRONG = 'coffee and cake at seven'
const clock = createTestClock()
let server: TestServer

before(async () => {
  server = await startTestServer({ clock, args: ['--forwarded', 'x-forwarded-for'] })
})
after(() => server.close())

type From = { readonly ip?: string; readonly jar?: Jar }

async function signIn(email: string, password: string, { ip, jar }: From = {}): Promise<Response> {
  const headers = { cookie: jar?.header() ?? '', ...(ip && { 'x-forwarded-for': ip }) }
  const response = await post(server, '/api/sessions', { email, password }, headers)
  return jar ? jar.take(response) : response
}

/** An account, and a browser that it knows, signed out. */
async function ownerAtHome(): Promise<TestAccount & { jar: Jar }> {
  const account = await signUpAt(server)
  const jar = createJar()
  await signIn(account.email, account.password, { jar })
  const headers = { cookie: jar.header() }
  jar.take(await fetch(`${server.origin}/api/sessions/current`, { method: 'DELETE', headers }))
  return { ...account, jar }
}

/** Everything of an answer that somebody could tell apart. */
async function looks(response: Response): Promise<unknown> {
  const names = [...response.headers.keys()].toSorted()
  return [response.status, names, await response.text()]
}

test('guessing is slowed down before anything is hashed, and nobody sees where', async () => {
  const { email, password } = await signUpAt(server)
  const unknown = await looks(await signIn(freshAddress(), WRONG))
  const answers = await Promise.all(
    Array.from({ length: 14 }, async () => looks(await signIn(email, WRONG, { ip: '192.0.2.1' }))),
  )
  for (const answer of answers) assert.deepEqual(answer, unknown)
  // The right password is not even looked at, and looks wrong.
  assert.deepEqual(await looks(await signIn(email, password, { ip: '192.0.2.1' })), unknown)
  // Others come from elsewhere.
  assert.equal((await signIn(email, password, { ip: '192.0.2.2' })).status, 201)
  clock.advance(MINUTE)
  assert.equal((await signIn(email, password, { ip: '192.0.2.1' })).status, 201)
})

test('a throttled address without an account looks like one with an account', async () => {
  const { email } = await signUpAt(server)
  const all: unknown[] = []
  for (const address of [email, freshAddress()]) {
    for (let count = 0; count < 12; count += 1) {
      all.push(await looks(await signIn(address, WRONG, { ip: '192.0.2.3' })))
    }
  }
  for (const each of all) assert.deepEqual(each, all[0])
})

test('a restart forgets no try', async () => {
  const { email, password } = await signUpAt(server)
  for (let count = 0; count < 10; count += 1) await signIn(email, WRONG, { ip: '192.0.2.4' })
  await server.restart()
  assert.equal((await signIn(email, password, { ip: '192.0.2.4' })).status, 401)
  clock.advance(MINUTE)
  assert.equal((await signIn(email, password, { ip: '192.0.2.4' })).status, 201)
})

test('a hundred wrong passwords in a row close an account to strangers, not to its owner', async () => {
  const { email, password, jar } = await ownerAtHome()
  for (let count = 0; count < 100; count += 1) {
    assert.equal((await signIn(email, WRONG, { ip: `198.51.100.${count % 25}` })).status, 401)
  }
  clock.advance(40 * 24 * HOUR)
  assert.equal((await signIn(email, password, { ip: '203.0.113.1' })).status, 401)
  assert.equal((await signIn(email, password, { ip: '198.51.100.1', jar })).status, 201)
  // A right password ends the row.
  assert.equal((await signIn(email, password, { ip: '203.0.113.1' })).status, 201)
})

test('the owner is mailed a way in, once an hour; it signs nobody in', async () => {
  const { email, password } = await signUpAt(server)
  const guess = async (): Promise<void> => {
    for (let count = 0; count < 15; count += 1) await signIn(email, WRONG, { ip: '192.0.2.5' })
  }
  await guess()
  const mails = await mailsTo(server, email, /Somebody tries passwords/)
  assert.equal(mails.length, 1)
  const link = /^(http:\/\/localhost:\d+)\/unblock#([\w-]{22})\r$/m.exec(mails[0] ?? '')
  assert.equal(link?.[1], server.origin)
  const body = { code: link?.[2] }
  const jar = createJar()
  const opened = jar.take(await post(server, '/api/unblocks', body))
  assert.equal(opened.status, 204)
  const current = `${server.origin}/api/sessions/current`
  assert.equal((await fetch(current, { headers: { cookie: jar.header() } })).status, 401)
  assert.equal((await post(server, '/api/unblocks', body)).status, 403)
  assert.equal((await signIn(email, password, { ip: '192.0.2.5' })).status, 401)
  assert.equal((await signIn(email, WRONG, { ip: '192.0.2.5', jar })).status, 401)
  assert.equal((await signIn(email, password, { ip: '192.0.2.5', jar })).status, 201)
  clock.advance(HOUR)
  await guess()
  assert.equal((await mailsTo(server, email, /Somebody tries passwords/)).length, 2)
})

test('a stolen cookie of a known browser is good for ten guesses at once, a hundred in all', async () => {
  const { email, password, jar } = await ownerAtHome()
  for (let count = 0; count < 10; count += 1) await signIn(email, WRONG, { jar })
  assert.equal((await signIn(email, password, { jar })).status, 401)
  await using inside = await secondProcess(server.data, clock)
  const known = inside.db.selectFrom('known_browsers').selectAll()
  await inside.db.updateTable('known_browsers').set({ failures: 100 }).execute()
  const before = await known.execute()
  clock.advance(MINUTE)
  assert.equal((await signIn(email, WRONG, { jar })).status, 401)
  assert.equal((await known.execute()).length, before.length - 1)
})

test('one network has a hundred failures a day, whatever the addresses; a home still gets in', async () => {
  const { email, password, jar } = await ownerAtHome()
  const ip = '203.0.113.200'
  const statuses: number[] = []
  for (let count = 0; count < 105; count += 1) {
    clock.advance(5000)
    statuses.push((await signIn(`nobody${count}@family.example`, WRONG, { ip })).status)
  }
  assert.equal(statuses.filter((status) => status === 401).length, 100)
  assert.deepEqual(statuses.slice(100), Array(5).fill(429))
  assert.equal((await signIn(email, password, { ip })).status, 429)
  assert.equal((await signIn(email, password, { ip, jar })).status, 201)
})

test('the database says neither who was throttled nor from where, and forgets', async () => {
  const ip = '198.51.100.250'
  const { email } = await signUpAt(server)
  await signIn(email, WRONG, { ip })
  await using inside = await secondProcess(server.data, clock)
  const rows = await inside.db.selectFrom('throttles').selectAll().execute()
  assert.ok(rows.length > 0)
  for (const { key } of rows) assert.equal(key.length, 16)
  clock.advance(48 * HOUR)
  await signIn(freshAddress(), WRONG)
  const left = await inside.db.selectFrom('throttles').selectAll().execute()
  assert.ok(left.length <= 2, `${left.length} left`)
})

test('sign-ups from one network are bounded per day', async () => {
  const statuses: number[] = []
  for (let count = 0; count < 52; count += 1) {
    clock.advance(MINUTE)
    const body = { email: freshAddress(), password: GOOD_PASSWORD }
    const headers = { 'x-forwarded-for': '2001:db8:7:8::1' }
    statuses.push((await post(server, '/api/accounts', body, headers)).status)
  }
  assert.equal(statuses.filter((status) => status === 201).length, 51)
  assert.equal(statuses.at(-1), 429)
})
