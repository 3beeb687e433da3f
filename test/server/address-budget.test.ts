import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mailsTo, signUpAt, type TestAccount } from '../harness/account.ts'
import { appCode, type Browser, browserAt } from '../harness/browser.ts'
import { createTestClock } from '../harness/clock.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

/** The vault opens so many addresses an hour, for all together: nobody may use them up alone. */

const MANY = 20
const HOUR = 3_600_000
const clock = createTestClock()
let server: TestServer

before(async () => {
  server = await startTestServer({ clock })
})
after(() => server.close())

function browserOf({ cookie }: TestAccount): Browser {
  const [name = '', value = ''] = cookie.split('=')
  return browserAt(server, new Map([[name, value]]))
}

const openings = ({ account }: TestAccount): number =>
  server.lines.filter((line) => line.includes('opened an address') && line.includes(account)).length

test('new passwords that are refused again and again are looked at no more', async () => {
  const account = await signUpAt(server)
  const browser = browserOf(account)
  const asked = { current: account.password, password: 'short' }
  const codes = new Set<unknown>()
  for (let count = 0; count < MANY; count += 1) {
    codes.add((await browser.put('/api/accounts/current/password', asked)).code)
  }
  assert.deepEqual([...codes], ['password-short', 'too-many'])
  assert.ok(openings(account) <= 10)
})

test('of many new browsers an owner is told by few mails, and of other news still', async () => {
  clock.advance(HOUR)
  const account = await signUpAt(server)
  const { email, password } = account
  const browser = browserOf(account)
  for (let count = 0; count < MANY; count += 1) {
    const stranger = browserAt(server)
    assert.equal((await stranger.post('/api/sessions', { email, password })).status, 201)
  }
  assert.equal(openings(account), 10)
  const { body } = await browser.post('/api/factors/totp')
  const code = appCode(String(body['secret']), clock.now())
  assert.equal((await browser.post('/api/factors/totp/confirmation', { code })).status, 200)
  assert.equal((await mailsTo(server, email, /second factor was added/)).length, 1)
})
