import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ROUTES } from '../../src/protocol/api/routes.ts'
import { signUpAt, type TestAccount } from '../harness/account.ts'
import { type AppOwner, appOwnerAt } from '../harness/app-owner.ts'
import { appCode, type Browser, browserAt, type Read } from '../harness/browser.ts'
import { createTestClock } from '../harness/clock.ts'
import { secondProcess } from '../harness/second-process.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

/** What takes a proof that it is still the same person, what a proof is, and what a change ends. */

const SECOND = 1000
const MINUTE = 60 * SECOND
const SESSION = '__Host-pawpost'
const clock = createTestClock()
let server: TestServer

before(async () => {
  server = await startTestServer({ clock })
})
after(() => server.close())

/** An account with an authenticator app, in a later step than its first code was of. */
async function owner(): Promise<AppOwner> {
  const made = await appOwnerAt(server, clock.now())
  clock.advance(30 * SECOND)
  return made
}

function browserOf({ cookie }: TestAccount): Browser {
  const [name = '', value = ''] = cookie.split('=')
  return browserAt(server, new Map([[name, value]]))
}

async function signIn(browser: Browser, { email, password }: TestAccount): Promise<void> {
  await browser.post('/api/sessions', { email, password })
}

const byTotp = (browser: Browser, code: string): Promise<Read> =>
  browser.post('/api/sessions/pending/totp', { code })
const byCode = (browser: Browser, code: string): Promise<Read> =>
  browser.post('/api/sessions/pending/recovery-code', { code })
const codeNow = ({ secret }: AppOwner): string => appCode(secret, clock.now())
const wrongCode = ({ secret }: AppOwner): string => appCode(secret, clock.now() - 60 * MINUTE)

/** The first half of a proof: the second factor is awaited then. */
async function proveByPassword({ browser, password }: AppOwner): Promise<void> {
  const { code } = await browser.post('/api/factors/proof/password', { password })
  assert.equal(code, 'second-factor-needed')
}

async function isIn(browser: Browser): Promise<boolean> {
  return (await browser.get('/api/sessions/current')).status === 200
}

test('every change wants a proof of the last ten minutes', async () => {
  const whose = await owner()
  clock.advance(11 * MINUTE)
  // Who ends a household signs with a device, too: test/server/ending-proof.test.ts.
  const changes = ROUTES.filter(
    ({ id, errors }) => errors.includes('proof-needed') && id !== 'endHousehold',
  )
  assert.equal(changes.length, 12)
  const { browser } = whose
  const changing = {
    beginTotp: () => browser.post('/api/factors/totp'),
    addTotp: () => browser.post('/api/factors/totp/confirmation', { code: '123456' }),
    removeTotp: () => browser.remove('/api/factors/totp'),
    beginPasskey: () => browser.post('/api/factors/passkeys/challenge'),
    addPasskey: () =>
      browser.post('/api/factors/passkeys', {
        id: 'AA',
        clientDataJSON: 'AA',
        attestationObject: 'AA',
      }),
    removePasskey: () => browser.remove(`/api/factors/passkeys/${'A'.repeat(22)}`),
    renewRecoveryCodes: () => browser.post('/api/factors/recovery-codes'),
    endSession: () => browser.remove(`/api/sessions/${'A'.repeat(22)}`),
    endOtherSessions: () => browser.remove('/api/sessions'),
    exportAccount: () => browser.get('/api/accounts/current/export'),
    // Where there is a second factor, the password that comes along is not enough.
    changePassword: () =>
      browser.put('/api/accounts/current/password', {
        current: whose.password,
        password: 'porridge and honey at nine',
      }),
    deleteAccount: () =>
      browser.post('/api/accounts/current/deletion', { current: whose.password }),
  }
  assert.deepEqual(changes.map(({ id }) => id).toSorted(), Object.keys(changing).toSorted())
  for (const [id, attempt] of Object.entries(changing)) {
    const { status, code } = await attempt()
    assert.deepEqual([status, code], [403, 'proof-needed'], id)
  }
})

const renew = async ({ browser }: Pick<AppOwner, 'browser'>): Promise<number> =>
  (await browser.post('/api/factors/recovery-codes')).status

test('a proof takes all that signing in takes, lasts ten minutes, and is of one session', async () => {
  const whose = await owner()
  const { browser } = whose
  const other = browserAt(server)
  await signIn(other, whose)
  assert.equal((await byTotp(other, codeNow(whose))).status, 201)
  clock.advance(11 * MINUTE)
  const wrong = await browser.post('/api/factors/proof/password', { password: 'not this one' })
  assert.deepEqual([wrong.code, await renew(whose)], ['factor-refused', 403])
  // The right one is half of it.
  await proveByPassword(whose)
  assert.equal(await renew(whose), 403)
  assert.equal((await byTotp(browser, wrongCode(whose))).code, 'factor-refused')
  assert.equal(await renew(whose), 403)
  assert.equal((await byTotp(browser, codeNow(whose))).status, 201)
  assert.equal(await renew({ browser: other }), 403)
  assert.equal(await renew(whose), 200)
  clock.advance(11 * MINUTE)
  assert.equal(await renew(whose), 403)
})

test('without a second factor the password is the whole proof, and a recovery code is half of one', async () => {
  const account = await signUpAt(server)
  const browser = browserOf(account)
  clock.advance(11 * MINUTE)
  const begin = async (): Promise<number> => (await browser.post('/api/factors/totp')).status
  assert.equal(await begin(), 403)
  const { password } = account
  assert.equal((await browser.post('/api/factors/proof/password', { password })).status, 204)
  assert.equal(await begin(), 200)
  const whose = await owner()
  clock.advance(11 * MINUTE)
  await proveByPassword(whose)
  assert.equal((await byCode(whose.browser, whose.codes[0] ?? '')).status, 201)
  assert.equal(await renew(whose), 200)
})

test('a session that began without the second factor is no proof, however young it is', async () => {
  const whose = await owner()
  assert.equal(await renew(whose), 200)
  // As one that a remembered device began.
  await using inside = await secondProcess(server.data, clock)
  const begun = inside.db.updateTable('sessions').set({ in_full: false })
  await begun.where('account', '=', whose.account).execute()
  assert.equal(await renew(whose), 403)
  assert.equal((await whose.browser.remove('/api/sessions')).code, 'proof-needed')
})

test('a proof gives the session a new token, and the old one is good no more', async () => {
  const whose = await owner()
  const old = browserAt(server, new Map(whose.browser.cookies))
  await proveByPassword(whose)
  assert.equal(await isIn(old), true)
  assert.equal((await byTotp(whose.browser, codeNow(whose))).status, 201)
  assert.notEqual(whose.browser.cookies.get(SESSION), old.cookies.get(SESSION))
  assert.equal(await isIn(old), false)
  assert.equal(await isIn(whose.browser), true)
})

test('whoever adds or removes a factor, or makes new codes, ends all other sessions', async () => {
  const account = await signUpAt(server)
  const here = browserOf(account)
  const there = async (complete: (browser: Browser) => Promise<unknown>): Promise<Browser> => {
    const browser = browserAt(server)
    await signIn(browser, account)
    await complete(browser)
    assert.equal(await isIn(browser), true)
    return browser
  }
  const endedBy = async (browser: Browser, change: Promise<Read>): Promise<void> => {
    assert.ok((await change).status < 300)
    assert.deepEqual([await isIn(browser), await isIn(here)], [false, true])
  }
  const first = await there(async () => undefined)
  const secret = String((await here.post('/api/factors/totp')).body['secret'])
  const code = appCode(secret, clock.now())
  await endedBy(first, here.post('/api/factors/totp/confirmation', { code }))
  clock.advance(30 * SECOND)
  const byApp = (browser: Browser): Promise<Read> => byTotp(browser, appCode(secret, clock.now()))
  await endedBy(await there(byApp), here.post('/api/factors/recovery-codes'))
  clock.advance(30 * SECOND)
  await endedBy(await there(byApp), here.remove('/api/factors/totp'))
})

test('guessing at the password in a session that was left open is slowed down', async () => {
  const { browser } = await owner()
  const guess = async (): Promise<number> =>
    (await browser.post('/api/factors/proof/password', { password: 'is it this perhaps' })).status
  const statuses = await Promise.all(Array.from({ length: 13 }, guess))
  assert.deepEqual(
    statuses.toSorted((a, b) => a - b),
    [...Array(10).fill(403), 429, 429, 429],
  )
})
