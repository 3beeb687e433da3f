import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { post, signUpAt, type TestAccount } from '../harness/account.ts'
import { appOwnerAt } from '../harness/app-owner.ts'
import { appCode, type Browser, browserAt } from '../harness/browser.ts'
import { createTestClock } from '../harness/clock.ts'
import { pawpost, type Ran } from '../harness/command.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

/** Sessions that whoever runs the service ends, by the command as it is typed. */

const clock = createTestClock()
let server: TestServer
before(async () => {
  server = await startTestServer({ clock })
})
after(() => server.close())

function end(...args: string[]): Promise<Ran> {
  return pawpost(['sessions', 'end', ...args, '--data', server.data])
}

async function isIn(cookie: string): Promise<boolean> {
  const answer = await fetch(`${server.origin}/api/sessions/current`, { headers: { cookie } })
  return answer.status === 200
}

async function signInAgain({ email, password }: TestAccount): Promise<number> {
  return (await post(server, '/api/sessions', { email, password })).status
}

test('beside a running server the sessions of one account end, and of no other', async () => {
  const [one, other] = [await signUpAt(server), await signUpAt(server)]
  await signInAgain(one)
  const { code, stdout, stderr } = await end(one.account)
  assert.deepEqual([code, stderr], [0, ''])
  assert.equal(stdout, `2 sessions of ${one.account} ended.\n`)
  assert.deepEqual([await isIn(one.cookie), await isIn(other.cookie)], [false, true])
  assert.equal((await end(one.account)).stdout, `0 sessions of ${one.account} ended.\n`)
  assert.equal(await signInAgain(one), 201)
})

test('a sign-in that waits for its second factor ends with them', async () => {
  const owner = await appOwnerAt(server, clock.now())
  clock.advance(30_000)
  const waiting: Browser = browserAt(server)
  const { email, password, account } = owner
  assert.equal(
    (await waiting.post('/api/sessions', { email, password })).code,
    'second-factor-needed',
  )
  assert.equal((await end(account)).stdout, `1 session of ${account} ended.\n`)
  const late = { code: appCode(owner.secret, clock.now()) }
  assert.equal((await waiting.post('/api/sessions/pending/totp', late)).code, 'sign-in-needed')
})

test('the sessions of everybody end, also while the server is stopped', async () => {
  const people = [await signUpAt(server), await signUpAt(server)]
  const ended = /^(\d+) sessions ended\.\n$/.exec((await end('--all')).stdout)?.[1]
  assert.ok(Number(ended) >= 2, ended)
  for (const { cookie } of people) assert.equal(await isIn(cookie), false)
  const back = await signUpAt(server)
  await server.restart(async () => {
    assert.equal((await end('--all')).stdout, '1 session ended.\n')
  })
  assert.equal(await isIn(back.cookie), false)
  assert.equal(await signInAgain(back), 201)
})

test('whom there is not, and what makes no sense, is said', async () => {
  const nobody = `acc-${'A'.repeat(22)}`
  const unknown = await end(nobody)
  assert.deepEqual([unknown.code, unknown.stderr], [1, `There is no ${nobody} here.\n`])
  for (const wrong of [[], ['ann@family.example'], [nobody, '--all'], [nobody, nobody]]) {
    const { code, stdout, stderr } = await end(...wrong)
    assert.deepEqual([code, stdout], [2, ''], wrong.join(' '))
    assert.match(stderr, /pawpost sessions end ACCOUNT \| --all/)
  }
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-nowhere-'))
  const nowhere = await pawpost(['sessions', 'end', '--all', '--data', folder])
  assert.equal(nowhere.code, 1)
  assert.match(nowhere.stderr, /There is no Pawpost in/)
  await rm(folder, { recursive: true })
})
