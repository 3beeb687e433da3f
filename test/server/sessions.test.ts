import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { SessionEntry } from '../../src/protocol/api/sessions.ts'
import { freshAddress, mailsTo, post, signUpAt, type TestAccount } from '../harness/account.ts'
import { createJar, type Jar } from '../harness/browser-cookies.ts'
import { createTestClock } from '../harness/clock.ts'
import { secondProcess } from '../harness/second-process.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

const HOUR = 3_600_000
const clock = createTestClock()
let server: TestServer

before(async () => {
  server = await startTestServer({ clock, args: ['--forwarded', 'X-Forwarded-For'] })
})
after(() => server.close())

const FIREFOX = 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0'

async function signIn({ email, password }: TestAccount, jar: Jar, more = {}): Promise<Response> {
  const headers = { cookie: jar.header(), ...more }
  return jar.take(await post(server, '/api/sessions', { email, password }, headers))
}

function call(method: string, path: string, jar: Jar | string): Promise<Response> {
  const cookie = typeof jar === 'string' ? jar : jar.header()
  return fetch(server.origin + path, { method, headers: { cookie } })
}

async function list(jar: Jar | string): Promise<SessionEntry[]> {
  const { sessions } = (await (await call('GET', '/api/sessions', jar)).json()) as {
    sessions: SessionEntry[]
  }
  return sessions
}

test('the list of sessions says where they began, roughly, and which is this one', async () => {
  const account = await signUpAt(server)
  const jar = createJar()
  clock.advance(HOUR)
  const from = { 'x-forwarded-for': 'evil, 203.0.113.77', 'user-agent': FIREFOX }
  assert.equal((await signIn(account, jar, from)).status, 201)
  const [newest, oldest, ...more] = await list(jar)
  assert.equal(more.length, 0)
  assert.deepEqual(
    [newest?.current, newest?.place, newest?.browser],
    [true, '203.0.113.0/24', 'Firefox on Android'],
  )
  assert.deepEqual([oldest?.current, oldest?.place], [false, undefined])
  assert.ok(!server.lines.join('\n').includes('203.0.113.77'))
})

test('one session can be ended, or all others, by their owner only', async () => {
  const account = await signUpAt(server)
  const [here, there, third] = [createJar(), createJar(), createJar()]
  for (const jar of [here, there, third]) await signIn(account, jar)
  const stranger = await signUpAt(server)
  const name = (await list(there)).find(({ current }) => current)?.session ?? ''
  assert.equal((await call('DELETE', `/api/sessions/${name}`, stranger.cookie)).status, 204)
  assert.equal((await list(here)).length, 4)
  assert.equal((await call('DELETE', `/api/sessions/${name}`, here)).status, 204)
  assert.equal((await call('GET', '/api/sessions/current', there)).status, 401)
  assert.equal((await call('GET', '/api/sessions/current', third)).status, 200)
  assert.equal((await call('DELETE', '/api/sessions', here)).status, 204)
  assert.equal((await call('GET', '/api/sessions/current', third)).status, 401)
  assert.deepEqual(
    (await list(here)).map(({ current }) => current),
    [true],
  )
  assert.equal((await call('GET', '/api/sessions/current', stranger.cookie)).status, 200)
})

test('ending other sessions takes a proof, ending this one does not', async () => {
  const account = await signUpAt(server)
  const [here, there] = [createJar(), createJar()]
  for (const jar of [here, there]) await signIn(account, jar)
  clock.advance(HOUR)
  const named = async (current: boolean): Promise<string> =>
    `/api/sessions/${(await list(here)).find((one) => one.current === current)?.session}`
  assert.equal((await call('DELETE', '/api/sessions', here)).status, 403)
  const refused = await call('DELETE', await named(false), here)
  assert.equal(((await refused.json()) as { code: string }).code, 'proof-needed')
  assert.equal((await call('GET', '/api/sessions/current', there)).status, 200)
  const { password } = account
  const headers = { cookie: here.header() }
  const proof = await post(server, '/api/factors/proof/password', { password }, headers)
  assert.equal(here.take(proof).status, 204)
  assert.equal((await call('DELETE', '/api/sessions', here)).status, 204)
  assert.equal((await call('GET', '/api/sessions/current', there)).status, 401)
  clock.advance(HOUR)
  assert.equal((await call('DELETE', await named(true), here)).status, 204)
  assert.equal((await call('GET', '/api/sessions/current', here)).status, 401)
})

test('the owner is told of a browser that is new, and of no other', async () => {
  const account = await signUpAt(server)
  const jar = createJar()
  const from = { 'x-forwarded-for': '2001:db8:1:2:3::9', 'user-agent': FIREFOX }
  const news = /A new sign-in to your Pawpost account/
  assert.equal((await mailsTo(server, account.email, news)).length, 0)
  await signIn(account, jar, from)
  const [mail, ...others] = await mailsTo(server, account.email, news)
  assert.equal(others.length, 0)
  assert.match(
    mail ?? '',
    /With: Firefox on Android\r\nWhere: somewhere in the network 2001:db8:1::\/48/,
  )
  await call('DELETE', '/api/sessions/current', jar)
  await signIn(account, jar, from)
  assert.equal((await mailsTo(server, account.email, news)).length, 1)
  await signIn(account, createJar(), from)
  assert.equal((await mailsTo(server, account.email, news)).length, 2)
})

test('a browser that one account knows is new to another', async () => {
  const [one, other] = [await signUpAt(server), await signUpAt(server, freshAddress())]
  const jar = createJar()
  await signIn(one, jar)
  await signIn(other, jar)
  assert.equal((await mailsTo(server, other.email, /A new sign-in/)).length, 1)
})

test('an account has a hundred sessions at most', async () => {
  const account = await signUpAt(server)
  await using inside = await secondProcess(server.data, clock)
  const at = new Date(clock.now())
  const rows = Array.from({ length: 99 }, () => ({
    token: randomBytes(32),
    account: account.account,
    created_at: at,
    seen_at: at,
    place: '',
    browser: '',
  }))
  await inside.db.insertInto('sessions').values(rows).execute()
  clock.advance(HOUR)
  const jar = createJar()
  await signIn(account, jar)
  assert.equal((await list(jar)).length, 100)
  assert.equal((await call('GET', '/api/sessions/current', account.cookie)).status, 401)
})
