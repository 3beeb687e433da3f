import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { accountId } from '../../src/protocol/ids.ts'
import { createPasswords } from '../../src/server/passwords/passwords.ts'
import { createLog } from '../../src/server/platform/log.ts'
import { openVault } from '../../src/server/vault/vault.ts'
import {
  cookieOf,
  freshAddress,
  GOOD_PASSWORD,
  mailsTo,
  post,
  signUpAt,
} from '../harness/account.ts'
import { createTestClock } from '../harness/clock.ts'
import { secondProcess } from '../harness/second-process.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const NEXT_PASSWORD = 'porridge and honey at nine'
const clock = createTestClock()
let server: TestServer

before(async () => {
  server = await startTestServer({ clock })
})
after(() => server.close())

type Answer = { status: number; body: Record<string, unknown>; cookie: string }

async function call(method: string, path: string, body?: unknown, cookie = ''): Promise<Answer> {
  const response = await fetch(server.origin + path, {
    method,
    headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const parsed = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
  return { status: response.status, body: parsed, cookie: cookieOf(response) }
}

const signIn = (email: string, password: string): Promise<Answer> =>
  call('POST', '/api/sessions', { email, password })
const isIn = async (cookie: string): Promise<boolean> =>
  (await call('GET', '/api/sessions/current', undefined, cookie)).status === 200
const change = (cookie: string, current: string, password: string): Promise<Answer> =>
  call('PUT', '/api/accounts/current/password', { current, password }, cookie)
const askReset = (email: string): Promise<Answer> => call('POST', '/api/resets', { email })
const reset = (code: string, password = NEXT_PASSWORD): Promise<Answer> =>
  call('POST', '/api/resets/password', { code, password })

async function resetCodes(email: string): Promise<string[]> {
  const mails = await mailsTo(server, email, /A new password for Pawpost/)
  return mails.map((mail) => /^Code: ([\w-]{22})\r$/m.exec(mail)?.[1] ?? '')
}

test('changing the password needs the current one and ends all other sessions', async () => {
  const { email, password, cookie } = await signUpAt(server)
  const other = await signIn(email, password)
  assert.equal(
    (await change(cookie, 'not the password at all', NEXT_PASSWORD)).body['code'],
    'password-wrong',
  )
  assert.equal((await change(cookie, password, 'short')).body['code'], 'password-short')
  assert.equal((await change(cookie, password, `${email} please`)).body['code'], 'password-context')
  assert.deepEqual([await isIn(cookie), await isIn(other.cookie)], [true, true])
  assert.equal((await change(cookie, password, NEXT_PASSWORD)).status, 204)
  assert.deepEqual([await isIn(cookie), await isIn(other.cookie)], [true, false])
  assert.equal((await signIn(email, password)).status, 401)
  assert.equal((await signIn(email, NEXT_PASSWORD)).status, 201)
  assert.equal((await mailsTo(server, email, /Your Pawpost password was changed/)).length, 1)
})

test('whoever holds a session and not the password does not guess it', async () => {
  const { password, cookie } = await signUpAt(server)
  const statuses: number[] = []
  for (let count = 0; count < 12; count += 1) {
    statuses.push((await change(cookie, `guess number ${count} of many`, NEXT_PASSWORD)).status)
  }
  assert.deepEqual(statuses, [...Array(10).fill(403), 429, 429])
  clock.advance(MINUTE)
  assert.equal((await change(cookie, password, NEXT_PASSWORD)).status, 204)
})

test('a reset by mail sets a password once, ends all sessions and starts one', async () => {
  const { email, password, cookie, account } = await signUpAt(server)
  assert.equal((await askReset(email)).status, 204)
  const [code = ''] = await resetCodes(email)
  assert.equal((await reset(code, 'short')).body['code'], 'password-short')
  assert.ok(await isIn(cookie))
  const done = await reset(code)
  assert.deepEqual([done.status, done.body], [200, { account }])
  assert.deepEqual([await isIn(cookie), await isIn(done.cookie)], [false, true])
  assert.equal((await reset(code)).body['code'], 'code-wrong')
  assert.equal((await signIn(email, password)).status, 401)
  assert.equal((await signIn(email, NEXT_PASSWORD)).status, 201)
  assert.equal((await mailsTo(server, email, /Your Pawpost password was changed/)).length, 1)
})

test('a code of a reset is good for ten minutes; of two at once, one wins', async () => {
  const { email } = await signUpAt(server)
  await askReset(email)
  clock.advance(10 * MINUTE + 1)
  const [late = ''] = await resetCodes(email)
  assert.equal((await reset(late)).body['code'], 'code-wrong')
  await askReset(email)
  const code = (await resetCodes(email)).at(-1) ?? ''
  const both = await Promise.all([reset(code), reset(code, 'marmalade and toast at ten')])
  assert.deepEqual(new Set(both.map(({ status }) => status)), new Set([200, 403]))
})

test('asking for a reset answers the same for any address, and mails three an hour at most', async () => {
  const { email } = await signUpAt(server)
  const unknown = freshAddress()
  const waiting = freshAddress()
  await post(server, '/api/accounts', { email: waiting, password: GOOD_PASSWORD })
  for (const address of [email, unknown, waiting]) {
    for (let count = 0; count < 5; count += 1) {
      assert.deepEqual(await askReset(address), { status: 204, body: {}, cookie: '' })
    }
  }
  assert.equal((await resetCodes(email)).length, 3)
  assert.equal((await mailsTo(server, unknown, /./)).length, 0)
  assert.equal((await resetCodes(waiting)).length, 0)
})

test('the check-up tells the age of the password, sessions, browsers and factors', async () => {
  const { email, password, cookie } = await signUpAt(server)
  await signIn(email, password)
  const look = async (): Promise<unknown> =>
    (await call('GET', '/api/accounts/current/check-up', undefined, cookie)).body
  const factors = { totp: 0, passkeys: 0, recoveryCodes: 0 }
  const counts = { addressBreaches: [], sessions: 2, browsers: 2, factors }
  assert.deepEqual(await look(), { passwordMonths: 0, passwordBreached: false, ...counts })
  clock.advance(29 * DAY)
  await isIn(cookie)
  clock.advance(5 * DAY)
  assert.deepEqual(await look(), {
    passwordMonths: 1,
    passwordBreached: false,
    ...counts,
    sessions: 1,
  })
})

test('an account can be had as a file: what there is of it, and no secret', async () => {
  const { email, account, password, cookie: old } = await signUpAt(server)
  clock.advance(11 * MINUTE)
  const have = (cookie: string): Promise<Answer> =>
    call('GET', '/api/accounts/current/export', undefined, cookie)
  const refused = await have(old)
  assert.deepEqual([refused.status, refused.body['code']], [403, 'proof-needed'])
  const { cookie } = await call('POST', '/api/factors/proof/password', { password }, old)
  const { status, body } = await have(cookie)
  assert.deepEqual([status, body['account'], body['address']], [200, account, email])
  assert.equal((body['sessions'] as unknown[]).length, 1)
  assert.match(String(body['note']), /end to end/)
  assert.ok(!JSON.stringify(body).includes('argon2'))
})

test('a deleted account is gone: its rows, its keys, its sessions; with a certificate', async () => {
  const { email, account, password, cookie } = await signUpAt(server)
  await post(server, '/api/accounts', { email, password })
  const remove = (current: string): Promise<Answer> =>
    call('POST', '/api/accounts/current/deletion', { current }, cookie)
  assert.equal((await remove('not the password at all')).body['code'], 'password-wrong')
  const { status, body } = await remove(password)
  assert.equal(status, 200)
  assert.equal(body['account'], account)
  const deleted = body['deleted'] as Record<string, number>
  assert.deepEqual([deleted['accounts'], deleted['sessions'], deleted['browsers']], [1, 1, 1])
  // The sign-up for the same address goes with it.
  assert.equal(body['keysDestroyed'], 2)
  assert.match(String(body['note']), /household.*stay/)
  assert.equal(await isIn(cookie), false)
  assert.equal((await signIn(email, password)).status, 401)
  assert.equal((await mailsTo(server, email, /Your Pawpost account is deleted/)).length, 1)
  await using inside = await secondProcess(server.data, clock)
  for (const table of [
    'accounts',
    'sessions',
    'known_browsers',
    'mailed_codes',
    'leavers',
  ] as const) {
    const rows = await inside.db
      .selectFrom(table)
      .selectAll()
      .where('account', '=', account)
      .execute()
    assert.deepEqual(rows, [], table)
  }
  // The address is free again.
  await signUpAt(server, email)
})

test('a crash between rows and keys is made good at the next start', async () => {
  const { account, cookie } = await signUpAt(server)
  let address: Uint8Array
  {
    await using before = await secondProcess(server.data, clock)
    const kept = before.db.selectFrom('accounts').select('address').where('account', '=', account)
    address = (await kept.executeTakeFirstOrThrow()).address
    // What a deletion commits; then its process is gone.
    await sql`SELECT delete_account(${account})`.execute(before.db)
    assert.equal((await before.db.selectFrom('leavers').selectAll().execute()).length, 1)
  }
  assert.equal(await opens(account, address), true)
  await server.restart()
  assert.equal(await opens(account, address), false)
  assert.equal(await isIn(cookie), false)
  await using after = await secondProcess(server.data, clock)
  assert.deepEqual(await after.db.selectFrom('leavers').selectAll().execute(), [])
})

/** Whether a vault that was just opened on the same disk can open an address. */
async function opens(account: string, sealed: Uint8Array): Promise<boolean> {
  const log = createLog('silent', { write: () => {} })
  const passwords = await createPasswords(server.data)
  const vault = await openVault(join(server.data, 'vault'), { log, clock, passwords })
  const kept = { account: accountId.schema.parse(account), sealed }
  return vault.openAddress(kept, 'export').then(
    () => true,
    () => false,
  )
}
