import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { accountId } from '../../src/protocol/ids.ts'
import { removeTotp } from '../../src/server/factors/changes.ts'
import { createFactors, type FactorNews } from '../../src/server/factors/factors.ts'
import { acceptStep } from '../../src/server/factors/totp-store.ts'
import { createLog } from '../../src/server/platform/log.ts'
import { openVault } from '../../src/server/vault/vault.ts'
import { signUpAt, type TestAccount } from '../harness/account.ts'
import { appCode, type Browser, browserAt, type Read } from '../harness/browser.ts'
import { createTestClock } from '../harness/clock.ts'
import { cheapPasswords } from '../harness/passwords.ts'
import { secondProcess } from '../harness/second-process.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const SESSION = '__Host-pawpost'
const PENDING = '__Host-pawpost-pending'
const clock = createTestClock()
let server: TestServer

before(async () => {
  server = await startTestServer({ clock })
})
after(() => server.close())

type Owner = TestAccount & { browser: Browser; secret: string; codes: string[] }

function browserOf({ cookie }: TestAccount): Browser {
  const [name = '', value = ''] = cookie.split('=')
  return browserAt(server, new Map([[name, value]]))
}

/** An account with an authenticator app, in a later step than its first code was of. */
async function ownerWithApp(): Promise<Owner> {
  const account = await signUpAt(server)
  const browser = browserOf(account)
  const { body } = await browser.post('/api/factors/totp')
  const secret = String(body['secret'])
  const added = await browser.post('/api/factors/totp/confirmation', {
    code: appCode(secret, clock.now()),
  })
  assert.equal(added.status, 200)
  clock.advance(30 * SECOND)
  return { ...account, browser, secret, codes: added.body['recoveryCodes'] as string[] }
}

function signIn(browser: Browser, { email, password }: TestAccount): Promise<Read> {
  return browser.post('/api/sessions', { email, password })
}

/** A browser whose sign-in waits for the second factor. */
async function waiting(owner: TestAccount): Promise<Browser> {
  const browser = browserAt(server)
  assert.equal((await signIn(browser, owner)).code, 'second-factor-needed')
  return browser
}

const byTotp = (browser: Browser, code: string): Promise<Read> =>
  browser.post('/api/sessions/pending/totp', { code })
/** The first half of a proof: the second factor is awaited then. */
async function proveByPassword({ browser, password }: Owner): Promise<void> {
  const { code } = await browser.post('/api/factors/proof/password', { password })
  assert.equal(code, 'second-factor-needed')
}

const byCode = (browser: Browser, code: string): Promise<Read> =>
  browser.post('/api/sessions/pending/recovery-code', { code })

function codeNow({ secret }: Owner): string {
  return appCode(secret, clock.now())
}

/** Six digits that are not the app's, now or in the steps around. */
function wrongCode(owner: Owner): string {
  const steps = [-2, -1, 0, 1, 2].map((each) => clock.now() + each * 30 * SECOND)
  const right = new Set(steps.map((now) => appCode(owner.secret, now)))
  return (
    ['000000', '111111', '222222', '333333', '444444', '555555'].find((each) => !right.has(each)) ??
    ''
  )
}

function ascending(a: number, b: number): number {
  return a - b
}

async function mailsTo({ email }: TestAccount): Promise<string[]> {
  const mails = (await server.mails()).filter((mail) => mail.includes(`To: <${email}>`))
  return mails.map((mail) => /^Subject: (.*)\r$/m.exec(mail)?.[1] ?? '').slice(1)
}

test('with an authenticator app, the password alone starts no session', async () => {
  const owner = await ownerWithApp()
  const browser = browserAt(server)
  const answer = await signIn(browser, owner)
  assert.deepEqual([answer.status, answer.code], [403, 'second-factor-needed'])
  assert.equal(answer.body['reason'], 'totp recovery-code')
  assert.equal(answer.cookies.length, 1)
  assert.match(
    answer.cookies[0] ?? '',
    /^__Host-pawpost-pending=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=300$/,
  )
  assert.equal((await browser.get('/api/sessions/current')).code, 'sign-in-needed')
  // Nor does the token that waits pass for one of a session.
  const thief = browserAt(server, new Map([[SESSION, browser.cookies.get(PENDING) ?? '']]))
  assert.equal((await thief.get('/api/sessions/current')).code, 'sign-in-needed')

  const done = await byTotp(browser, codeNow(owner))
  assert.deepEqual([done.status, done.body], [201, { account: owner.account }])
  assert.deepEqual([...browser.cookies.keys()], [SESSION, '__Host-known'])
  const current = await browser.get('/api/sessions/current')
  assert.deepEqual(current.body, { account: owner.account })
})

test('completing a sign-in ends the session that came along, and the sign-in waits no more', async () => {
  const owner = await ownerWithApp()
  const old = new Map(owner.browser.cookies)
  assert.equal((await signIn(owner.browser, owner)).code, 'second-factor-needed')
  assert.equal((await browserAt(server, old).get('/api/sessions/current')).status, 200)
  const again = browserAt(server, new Map(owner.browser.cookies))
  assert.equal((await byTotp(owner.browser, codeNow(owner))).status, 201)
  assert.equal((await browserAt(server, old).get('/api/sessions/current')).status, 401)
  clock.advance(30 * SECOND)
  assert.equal((await byTotp(again, codeNow(owner))).code, 'sign-in-needed')
})

test('a code of the app is good once: in no other sign-in, and in no proof', async () => {
  const owner = await ownerWithApp()
  const code = codeNow(owner)
  assert.equal((await byTotp(await waiting(owner), code)).status, 201)
  const browser = await waiting(owner)
  assert.deepEqual((await byTotp(browser, code)).code, 'factor-refused')
  await proveByPassword(owner)
  assert.equal((await byTotp(owner.browser, code)).code, 'factor-refused')
  const before = appCode(owner.secret, clock.now() - 30 * SECOND)
  assert.equal((await byTotp(browser, before)).code, 'factor-refused')
  clock.advance(30 * SECOND)
  assert.equal((await byTotp(browser, codeNow(owner))).status, 201)
})

test('of two sign-ins that use one code at the same moment, one is completed', async () => {
  const owner = await ownerWithApp()
  const browsers = [await waiting(owner), await waiting(owner), await waiting(owner)]
  const code = codeNow(owner)
  const answers = await Promise.all(browsers.map((browser) => byTotp(browser, code)))
  assert.deepEqual(answers.map(({ status }) => status).toSorted(ascending), [201, 403, 403])
  // Not by luck: the database takes a step once, whatever was read before.
  await using other = await secondProcess(server.data, clock)
  const account = accountId.schema.parse(owner.account)
  const step = Math.floor(clock.now() / (30 * SECOND)) + 1
  assert.deepEqual(
    [await acceptStep(other.db, account, step), await acceptStep(other.db, account, step)],
    [true, false],
  )
})

test('five wrong codes end a waiting sign-in, and its owner is told once', async () => {
  const owner = await ownerWithApp()
  const browser = await waiting(owner)
  const wrong = wrongCode(owner)
  const tries = await Promise.all(Array.from({ length: 5 }, () => byTotp(browser, wrong)))
  assert.deepEqual(new Set(tries.map(({ code }) => code)), new Set(['factor-refused']))
  assert.equal((await byTotp(browser, codeNow(owner))).code, 'sign-in-needed')
  assert.equal((await byCode(browser, owner.codes[0] ?? '')).code, 'sign-in-needed')
  assert.equal((await byTotp(await waiting(owner), codeNow(owner))).status, 201)
  const mails = await mailsTo(owner)
  assert.deepEqual(mails[0], 'A second factor was added to your account')
  // No more than three in an hour, however long somebody guesses.
  assert.deepEqual(mails.slice(1, -1), Array(3).fill('Somebody knows your password'))
  assert.equal(mails.at(-1), 'A new sign-in to your Pawpost account')
})

test('a sign-in waits for five minutes', async () => {
  const owner = await ownerWithApp()
  const browser = await waiting(owner)
  clock.advance(5 * MINUTE)
  assert.equal((await byTotp(browser, codeNow(owner))).code, 'sign-in-needed')
  assert.equal(
    (await browserAt(server).post('/api/sessions/pending/totp', { code: '123456' })).status,
    401,
  )
})

test('a password that is changed ends every sign-in that the old one began', async () => {
  const owner = await ownerWithApp()
  const browser = await waiting(owner)
  await using other = await secondProcess(server.data, clock)
  clock.advance(SECOND)
  await other.db
    .updateTable('accounts')
    .set({ password_set_at: new Date(clock.now()) })
    .where('account', '=', owner.account)
    .execute()
  assert.equal((await byTotp(browser, codeNow(owner))).code, 'sign-in-needed')
  assert.equal((await byTotp(await waiting(owner), codeNow(owner))).status, 201)
})

test('guessing goes no faster over many sign-ins: ten codes, then one in a quarter of an hour', async () => {
  const owner = await ownerWithApp()
  const answers: (string | undefined)[] = []
  for (let round = 0; round < 3; round += 1) {
    const browser = await waiting(owner)
    for (let each = 0; each < 4; each += 1) {
      answers.push((await byTotp(browser, wrongCode(owner))).code)
    }
  }
  assert.deepEqual(answers, [...Array(10).fill('factor-refused'), 'too-many', 'too-many'])
  // A code that is right is not even looked at; other ways stay open, and start the count anew.
  assert.equal((await byTotp(await waiting(owner), codeNow(owner))).code, 'too-many')
  assert.equal((await byCode(await waiting(owner), owner.codes[0] ?? '')).status, 201)
  assert.equal((await byTotp(await waiting(owner), codeNow(owner))).status, 201)
})

test('after a quarter of an hour one more code is tried', async () => {
  const owner = await ownerWithApp()
  for (let round = 0; round < 2; round += 1) {
    const browser = await waiting(owner)
    for (let each = 0; each < 5; each += 1) await byTotp(browser, wrongCode(owner))
  }
  assert.equal((await byTotp(await waiting(owner), codeNow(owner))).code, 'too-many')
  clock.advance(15 * MINUTE)
  assert.equal((await byTotp(await waiting(owner), codeNow(owner))).status, 201)
})

test('a recovery code signs in once, however it is typed', async () => {
  const owner = await ownerWithApp()
  const [code = '', other = ''] = owner.codes
  const typed = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')} `
  const done = await byCode(await waiting(owner), typed)
  assert.deepEqual([done.status, done.body], [201, { account: owner.account, left: 9 }])
  assert.equal((await byCode(await waiting(owner), code)).code, 'factor-refused')
  const browsers = [await waiting(owner), await waiting(owner)]
  const answers = await Promise.all(browsers.map((browser) => byCode(browser, other)))
  assert.deepEqual(answers.map(({ status }) => status).toSorted(ascending), [201, 403])
  assert.ok((await mailsTo(owner)).includes('A recovery code was used'))
})

test('new recovery codes end the old ones; nobody’s are good for anybody else', async () => {
  const [owner, other] = [await ownerWithApp(), await ownerWithApp()]
  const { body } = await owner.browser.post('/api/factors/recovery-codes')
  const codes = body['codes'] as string[]
  assert.equal(codes.length, 10)
  const browser = await waiting(owner)
  for (const code of [owner.codes[0] ?? '', other.codes[0] ?? '']) {
    assert.equal((await byCode(browser, code)).code, 'factor-refused')
  }
  assert.equal((await byCode(browser, codes[9] ?? '')).status, 201)
})

test('a secret counts only after its first code, and a new one replaces the old', async () => {
  const owner = await ownerWithApp()
  const { body } = await owner.browser.post('/api/factors/totp')
  const secret = String(body['secret'])
  assert.match(String(body['uri']), /^otpauth:\/\/totp\/Pawpost:localhost\?/)
  const confirm = (code: string): Promise<Read> =>
    owner.browser.post('/api/factors/totp/confirmation', { code })
  assert.equal((await confirm(wrongCode({ ...owner, secret }))).code, 'factor-refused')
  assert.equal((await byTotp(await waiting(owner), codeNow(owner))).status, 201)
  const added = await confirm(appCode(secret, clock.now()))
  // It is not the first factor: the recovery codes stay as they are.
  assert.deepEqual([added.status, added.body], [200, {}])
  clock.advance(30 * SECOND)
  const browser = await waiting(owner)
  assert.equal((await byTotp(browser, codeNow(owner))).code, 'factor-refused')
  assert.equal((await byTotp(browser, appCode(secret, clock.now()))).status, 201)
})

test('without its last factor the password is enough again, and no recovery code is left', async () => {
  const owner = await ownerWithApp()
  assert.equal((await owner.browser.remove('/api/factors/totp')).status, 204)
  assert.equal((await owner.browser.remove('/api/factors/totp')).code, 'not-found')
  const { body } = await owner.browser.get('/api/factors')
  assert.deepEqual(body, { passkeys: [], recoveryCodes: 0, required: false })
  assert.equal((await owner.browser.post('/api/factors/recovery-codes')).code, 'not-found')
  assert.equal((await signIn(browserAt(server), owner)).status, 201)
  assert.ok((await mailsTo(owner)).includes('A second factor was removed from your account'))
})

test('the last factor stays while the password is short', async () => {
  const owner = await ownerWithApp()
  await using other = await secondProcess(server.data, clock)
  const log = createLog('silent', { write: () => {} })
  const passwords = await cheapPasswords(server.data)
  const vault = await openVault(join(server.data, 'vault'), { log, clock, passwords })
  const news: FactorNews[] = []
  const factors = createFactors({
    db: other.db,
    clock,
    vault,
    deviceKey: new Uint8Array(32),
    origins: () => ({ canonical: server.origin, all: new Set([server.origin]) }),
    endOthers: async () => undefined,
    required: false,
    notify: async (_account, kind) => void news.push(kind),
    passwordStandsAlone: async () => false,
  })
  const token = Buffer.from(owner.browser.cookies.get(SESSION) ?? '', 'base64url')
  const session = createHash('sha256').update(token).digest()
  const account = accountId.schema.parse(owner.account)
  const changing = { caller: { account, session }, headers: {} }
  await assert.rejects(removeTotp(factors, changing), { code: 'factor-last' })
  assert.deepEqual(news, [])
  assert.equal((await byTotp(await waiting(owner), codeNow(owner))).status, 201)
})

test('a factor is there after a restart, and so is a sign-in that waits', async () => {
  const owner = await ownerWithApp()
  const browser = await waiting(owner)
  await server.restart()
  assert.equal((await byTotp(browser, codeNow(owner))).status, 201)
})

test('no log line holds a code or a secret', async () => {
  const owner = await ownerWithApp()
  const code = codeNow(owner)
  await byTotp(await waiting(owner), code)
  const [recovery = ''] = owner.codes
  await byCode(await waiting(owner), recovery)
  const text = server.lines.join('\n')
  for (const secret of [owner.secret, recovery, recovery.replaceAll('-', ''), `"${code}"`]) {
    assert.ok(!text.includes(secret), secret)
  }
  assert.deepEqual(
    server.lines.filter((line) => line.includes('"level":"error"')),
    [],
  )
})
