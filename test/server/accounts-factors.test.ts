import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mailsTo } from '../harness/account.ts'
import { type AppOwner, appOwnerAt } from '../harness/app-owner.ts'
import { appCode, type Browser, browserAt, type Read } from '../harness/browser.ts'
import { createTestClock } from '../harness/clock.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

const SHORT = 'kv9!tq2mx'
const NEXT_PASSWORD = 'porridge and honey at nine'
const clock = createTestClock()
let server: TestServer

before(async () => {
  server = await startTestServer({ clock })
})
after(() => server.close())

async function owner(): Promise<AppOwner> {
  const made = await appOwnerAt(server, clock.now())
  clock.advance(30_000)
  return made
}

const isIn = async (browser: Browser): Promise<boolean> =>
  (await browser.get('/api/sessions/current')).status === 200
const byApp = (browser: Browser, { secret }: AppOwner): Promise<Read> =>
  browser.post('/api/sessions/pending/totp', { code: appCode(secret, clock.now()) })

test('a reset by mail does not stand for the second factor', async () => {
  const whose = await owner()
  const browser = browserAt(server)
  await browser.post('/api/resets', { email: whose.email })
  const [mail = ''] = await mailsTo(server, whose.email, /A new password for Pawpost/)
  const code = /^Code: ([\w-]{22})\r$/m.exec(mail)?.[1]
  const answer = await browser.post('/api/resets/password', { code, password: NEXT_PASSWORD })
  assert.deepEqual([answer.status, answer.code], [403, 'second-factor-needed'])
  assert.equal(await isIn(browser), false)
  assert.equal(await isIn(whose.browser), false)
  assert.equal((await byApp(browser, whose)).status, 201)
  assert.equal(await isIn(browser), true)
})

test('a sign-in that waits ends with the password it was begun with', async () => {
  const whose = await owner()
  const waiting = browserAt(server)
  const { email, password } = whose
  assert.equal(
    (await waiting.post('/api/sessions', { email, password })).code,
    'second-factor-needed',
  )
  const body = { current: password, password: NEXT_PASSWORD }
  assert.equal((await whose.browser.put('/api/accounts/current/password', body)).status, 204)
  assert.equal((await byApp(waiting, whose)).code, 'sign-in-needed')
  assert.equal(await isIn(whose.browser), true)
})

test('with a second factor eight characters will do, and then it has to stay', async () => {
  const whose = await owner()
  const body = { current: whose.password, password: SHORT }
  assert.equal((await whose.browser.put('/api/accounts/current/password', body)).status, 204)
  assert.equal((await whose.browser.remove('/api/factors/totp')).code, 'factor-last')
  const longer = { current: SHORT, password: NEXT_PASSWORD }
  assert.equal((await whose.browser.put('/api/accounts/current/password', longer)).status, 204)
  assert.equal((await whose.browser.remove('/api/factors/totp')).status, 204)
  const shorter = { current: NEXT_PASSWORD, password: SHORT }
  const refused = await whose.browser.put('/api/accounts/current/password', shorter)
  assert.equal(refused.code, 'password-short')
})
