import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  cookieOf,
  freshAddress,
  GOOD_PASSWORD,
  newestCode,
  post,
  signUpAt,
} from '../harness/account.ts'
import { createTestClock } from '../harness/clock.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const clock = createTestClock()
let server: TestServer

before(async () => {
  server = await startTestServer({ clock })
})
after(() => server.close())

type Answer = { status: number; body: Record<string, string> }

async function answer(response: Response): Promise<Answer> {
  return { status: response.status, body: (await response.json()) as Record<string, string> }
}

const signUp = (email: string, password = GOOD_PASSWORD): Promise<Response> =>
  post(server, '/api/accounts', { email, password })
const signIn = (email: string, password: string, cookie = ''): Promise<Response> =>
  post(server, '/api/sessions', { email, password }, { cookie })
const confirm = (account: string, code: string): Promise<Response> =>
  post(server, `/api/accounts/${account}/confirmation`, { code })
const current = (cookie: string): Promise<Response> =>
  fetch(`${server.origin}/api/sessions/current`, { headers: { cookie } })

async function openAccount(email: string): Promise<string> {
  const { body } = await answer(await signUp(email))
  return body['account'] ?? ''
}

test('sign up, confirm by the mailed code, and one is signed in', async () => {
  const { account, cookie } = await signUpAt(server)
  assert.deepEqual(await answer(await current(cookie)), { status: 200, body: { account } })
})

test('an address that has an account gets the same answer and a different mail', async () => {
  const { email, account } = await signUpAt(server)
  const known = await signUp(email.toUpperCase())
  const unknown = await signUp(freshAddress())
  assert.equal(known.status, unknown.status)
  const names = (response: Response): string[] => [...response.headers.keys()].toSorted()
  assert.deepEqual(names(known), names(unknown))
  const knownBody = await answer(known)
  assert.deepEqual(Object.keys(knownBody.body), ['account'])
  assert.notEqual(knownBody.body['account'], account)
  const mails = await server.mails()
  const mail = mails.findLast((each) => each.includes(`<${email}>`)) ?? ''
  assert.match(mail, /You have a Pawpost account already/)
  assert.doesNotMatch(mail, /Code:/)
})

test('whatever one tries, an address with an account and one without answer alike', async () => {
  const { email } = await signUpAt(server)
  const known = (await answer(await signUp(email))).body['account'] ?? ''
  const fresh = freshAddress()
  const unknown = (await answer(await signUp(fresh))).body['account'] ?? ''
  const wrong = 'coffee and cake at seven'
  const pairs = [
    [signIn(email, wrong), signIn(freshAddress(), wrong)],
    [confirm(known, '000000'), confirm(unknown, '000000')],
    [
      post(server, `/api/accounts/${known}/code`, {}),
      post(server, `/api/accounts/${unknown}/code`, {}),
    ],
  ]
  for (const [one, other] of pairs) {
    const [first, second] = [await one, await other]
    assert.equal(first?.status, second?.status)
    assert.equal(await first?.text(), await second?.text())
  }
})

test('a stranger who signs up with a known address and signs in learns nothing', async () => {
  const { email } = await signUpAt(server)
  const fresh = freshAddress()
  const theirs = 'the strangers own passphrase'
  await signUp(email, theirs)
  await signUp(fresh, theirs)
  const [known, unknown] = [await signIn(email, theirs), await signIn(fresh, theirs)]
  assert.deepEqual([known.status, unknown.status], [403, 403])
  const codes = [await answer(known), await answer(unknown)].map(({ body }) => body['code'])
  assert.deepEqual(codes, ['address-unconfirmed', 'address-unconfirmed'])
})

test('a sign-in that fails takes as long for an address with an account as for one without', async () => {
  const { email } = await signUpAt(server)
  const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
  for (let round = 0; round < 8; round += 1) {
    clock.advance(5 * MINUTE)
    for (const [kind, address] of [
      ['known', email],
      ['unknown', freshAddress()],
    ] as const) {
      const start = performance.now()
      assert.equal((await signIn(address, 'coffee and cake at seven')).status, 401)
      times[kind].push(performance.now() - start)
    }
  }
  // The fastest of each is the work itself; without the second hash it would be half or twice.
  const ratio = Math.min(...times.known) / Math.min(...times.unknown)
  assert.ok(ratio > 0.6 && ratio < 1.6, `known/unknown ${ratio.toFixed(2)}`)
})

test('whoever reads the mail gets the address, not whoever came first', async () => {
  const email = freshAddress()
  const stranger = await openAccount(email)
  const owner = await openAccount(email)
  const code = await newestCode(server, email)
  assert.equal((await confirm(stranger, code)).status, 403)
  assert.equal((await confirm(owner, code)).status, 200)
})

test('of two sign-ups for one address, the first that is confirmed stays', async () => {
  const email = freshAddress()
  const first = await openAccount(email)
  const firstCode = await newestCode(server, email)
  const second = await openAccount(email)
  const secondCode = await newestCode(server, email)
  assert.equal((await confirm(first, firstCode)).status, 200)
  assert.deepEqual((await answer(await confirm(second, secondCode))).body['code'], 'code-wrong')
})

test('a code is good for five tries and for ten minutes, and only once', async () => {
  const guessed = freshAddress()
  const account = await openAccount(guessed)
  const code = await newestCode(server, guessed)
  const other = code === '111111' ? '222222' : '111111'
  for (let tries = 0; tries < 5; tries += 1)
    assert.equal((await confirm(account, other)).status, 403)
  assert.equal((await confirm(account, code)).status, 403)

  const slow = freshAddress()
  const late = await openAccount(slow)
  clock.advance(10 * MINUTE + 1)
  assert.equal((await confirm(late, await newestCode(server, slow))).status, 403)
  await post(server, `/api/accounts/${late}/code`, {})
  const fresh = await newestCode(server, slow)
  assert.equal((await confirm(late, fresh)).status, 200)
  assert.equal((await confirm(late, fresh)).status, 403)
})

test('tries at the same moment count one by one', async () => {
  const email = freshAddress()
  const account = await openAccount(email)
  const code = await newestCode(server, email)
  const other = code === '111111' ? '222222' : '111111'
  await Promise.all(Array.from({ length: 12 }, () => confirm(account, other)))
  assert.equal((await confirm(account, code)).status, 403)
})

test('nobody can make us send mail to an address without end', async () => {
  const email = freshAddress()
  const statuses: number[] = []
  for (let round = 0; round < 8; round += 1) statuses.push((await signUp(email)).status)
  assert.deepEqual(statuses, [201, 201, 201, 201, 201, 429, 429, 429])
  const mails = (await server.mails()).filter((mail) => mail.includes(`<${email}>`))
  assert.equal(mails.length, 5)
})

test('signing in starts a new session and ends the one that came along', async () => {
  const { email, password, cookie, account } = await signUpAt(server)
  const response = await signIn(email, password, cookie)
  const fresh = cookieOf(response)
  assert.notEqual(fresh, cookie)
  assert.equal((await current(cookie)).status, 401)
  assert.deepEqual((await answer(await current(fresh))).body, { account })
  const attributes = '=[\\w-]{43}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=\\d+$'
  const cookies = response.headers.getSetCookie()
  assert.equal(cookies.length, 2)
  assert.match(cookies[0] ?? '', new RegExp(`^__Host-pawpost${attributes}`))
  assert.match(cookies[1] ?? '', new RegExp(`^__Host-known${attributes}`))
})

test('signing out ends the session, clears the cache and leaves the keys of the device', async () => {
  const { cookie } = await signUpAt(server)
  const url = `${server.origin}/api/sessions/current`
  const out = await fetch(url, { method: 'DELETE', headers: { cookie } })
  assert.equal(out.status, 204)
  assert.equal(out.headers.get('clear-site-data'), '"cache"')
  assert.match(out.headers.get('set-cookie') ?? '', /Max-Age=0/)
  assert.equal((await current(cookie)).status, 401)
  assert.equal((await fetch(url, { method: 'DELETE', headers: { cookie } })).status, 401)
})

test('a session ends after thirty days without use, and after ninety in any case', async () => {
  const idle = await signUpAt(server)
  const used = await signUpAt(server)
  clock.advance(29 * DAY)
  assert.equal((await current(used.cookie)).status, 200)
  clock.advance(2 * DAY)
  assert.equal((await current(idle.cookie)).status, 401)
  assert.equal((await current(used.cookie)).status, 200)
  clock.advance(28 * DAY)
  assert.equal((await current(used.cookie)).status, 200)
  clock.advance(28 * DAY)
  assert.equal((await current(used.cookie)).status, 200)
  clock.advance(4 * DAY)
  assert.equal((await current(used.cookie)).status, 401)
})

test('accounts and sessions are there after a restart', async () => {
  const { cookie, account } = await signUpAt(server)
  await server.restart()
  assert.deepEqual((await answer(await current(cookie))).body, { account })
})

test('no log line holds an address, a code, a password or a cookie', async () => {
  const { email, cookie } = await signUpAt(server)
  const code = await newestCode(server, email)
  const text = server.lines.join('\n')
  assert.ok(server.lines.length > 100)
  for (const secret of [
    '@family.example',
    email.split('@')[0] ?? '',
    GOOD_PASSWORD,
    cookie,
    code,
  ]) {
    assert.ok(!text.includes(secret.replace('__Host-pawpost=', '')), secret)
  }
})
