import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ROUTES } from '../../src/protocol/api/routes.ts'
import { freshAddress, mailsTo, post, signUpAt, type TestAccount } from '../harness/account.ts'
import { type AppOwner, appOwnerAt } from '../harness/app-owner.ts'
import { appCode, type Browser, browserAt, type Read } from '../harness/browser.ts'
import { createTestClock } from '../harness/clock.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { asOwner } from '../harness/stolen.ts'

/** A server on which everybody has to have a second factor. */

const SHORT = 'kv9!tq2mx'
const NEXT_PASSWORD = 'porridge and honey at nine'
const clock = createTestClock()
let server: TestServer

before(async () => {
  server = await startTestServer({ clock, args: ['--second-factor', 'required'] })
})
after(() => server.close())

function browserOf({ cookie }: TestAccount): Browser {
  const [name = '', value = ''] = cookie.split('=')
  return browserAt(server, new Map([[name, value]]))
}

async function owner(): Promise<AppOwner> {
  const made = await appOwnerAt(server, clock.now())
  clock.advance(30_000)
  return made
}

const isIn = async (browser: Browser): Promise<boolean> =>
  (await browser.get('/api/sessions/current')).status === 200

async function resetBy(browser: Browser, email: string): Promise<Read> {
  await browser.post('/api/resets', { email })
  const [mail = ''] = await mailsTo(server, email, /A new password for Pawpost/)
  const code = /^Code: ([\w-]{22})\r$/m.exec(mail)?.[1]
  return browser.post('/api/resets/password', { code, password: NEXT_PASSWORD })
}

test('before there is a second factor, nothing answers but what adds one, and the way out', async () => {
  const browser = browserOf(await signUpAt(server))
  assert.equal((await browser.get('/api/factors')).body['required'], true)
  for (const path of ['check-up', 'export']) {
    const { status, code } = await browser.get(`/api/accounts/current/${path}`)
    assert.deepEqual([status, code], [403, 'second-factor-required'], path)
  }
  assert.equal((await browser.get('/api/sessions')).code, 'second-factor-required')
  assert.equal((await browser.remove('/api/sessions')).code, 'second-factor-required')
  const secret = String((await browser.post('/api/factors/totp')).body['secret'])
  assert.equal((await browser.get('/api/sessions')).code, 'second-factor-required')
  const code = appCode(secret, clock.now())
  assert.equal((await browser.post('/api/factors/totp/confirmation', { code })).status, 200)
  assert.equal((await browser.get('/api/sessions')).status, 200)
  assert.equal((await browser.get('/api/accounts/current/export')).status, 200)
})

test('every route that a session opens says that it may be refused so', () => {
  for (const { id, callers, errors } of ROUTES) {
    const isOpen = callers.some((one) => one === 'none')
    const says = (errors as readonly string[]).includes('second-factor-required')
    if (!isOpen) assert.ok(says, id)
  }
})

test('the last second factor stays, and another one takes its place', async () => {
  const { browser } = await owner()
  assert.equal((await browser.remove('/api/factors/totp')).code, 'second-factor-required')
  const secret = String((await browser.post('/api/factors/totp')).body['secret'])
  const code = appCode(secret, clock.now())
  assert.equal((await browser.post('/api/factors/totp/confirmation', { code })).status, 200)
})

test('eight characters will do, and only as long as a second factor is required', async () => {
  const email = freshAddress()
  await signUpAt(server, email, SHORT)
  const seven = { email: freshAddress(), password: 'kv9!tq2' }
  const refused = (await (await post(server, '/api/accounts', seven)).json()) as Record<
    string,
    string
  >
  assert.deepEqual([refused['code'], refused['reason']], ['password-short', '8'])
  await using offered = await startTestServer({ clock })
  const elsewhere = await post(offered, '/api/accounts', { email, password: SHORT })
  const { reason } = (await elsewhere.json()) as { reason: string }
  assert.equal(reason, '15')
})

test('a mailed reset starts no session without the second factor', async () => {
  const without = await signUpAt(server)
  const browser = browserAt(server)
  const answer = await resetBy(browser, without.email)
  assert.deepEqual([answer.status, answer.code], [401, 'sign-in-needed'])
  assert.deepEqual([await isIn(browser), await isIn(browserOf(without))], [false, false])
  const again = { email: without.email, password: NEXT_PASSWORD }
  assert.equal((await post(server, '/api/sessions', again)).status, 201)
  const withApp = await owner()
  const other = browserAt(server)
  assert.equal((await resetBy(other, withApp.email)).code, 'second-factor-needed')
  assert.equal(await isIn(other), false)
  const code = appCode(withApp.secret, clock.now())
  assert.equal((await other.post('/api/sessions/pending/totp', { code })).status, 201)
})

async function standsAlone({ account }: TestAccount): Promise<boolean | undefined> {
  const { rows } = await asOwner(server.data, (client) =>
    client.query<{ password_alone: boolean }>(
      'SELECT password_alone FROM accounts WHERE account = $1',
      [account],
    ),
  )
  return rows[0]?.password_alone
}

test('a short password does not stand alone; an imported one may, once it was typed', async () => {
  const [long, short] = [await signUpAt(server), await signUpAt(server, freshAddress(), SHORT)]
  assert.deepEqual([await standsAlone(long), await standsAlone(short)], [true, false])
  // As an import leaves it: nobody knew how long it is.
  await asOwner(server.data, (client) =>
    client.query('UPDATE accounts SET password_alone = false WHERE account = $1', [long.account]),
  )
  for (const { email, password } of [long, short]) {
    assert.equal((await post(server, '/api/sessions', { email, password })).status, 201)
  }
  assert.deepEqual([await standsAlone(long), await standsAlone(short)], [true, false])
})
