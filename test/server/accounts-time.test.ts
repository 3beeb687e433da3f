import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { createPasswords } from '../../src/server/passwords/passwords.ts'
import { createLog } from '../../src/server/platform/log.ts'
import { openVault } from '../../src/server/vault/vault.ts'
import { freshAddress, post, signUpAt } from '../harness/account.ts'
import { createTestClock, type TestClock } from '../harness/clock.ts'
import { secondProcess } from '../harness/second-process.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

const ROUNDS = 24
const PASSWORD = 'coffee and cake at seven'
/** Standard deviations that are no accident: one in fifteen thousand. */
const SIGMAS = 4
/** Of some other password, at cost 10. */
const BCRYPT = '$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'
const HALF_HOUR = 31 * 60_000

type Ask = () => Promise<Response>
type Times = Readonly<Record<string, number[]>>

/** An account as an import leaves it: a bcrypt hash. */
async function importedAt(server: TestServer, clock: TestClock): Promise<string> {
  const email = freshAddress()
  const log = createLog('silent', { write: () => {} })
  const passwords = await createPasswords(server.data)
  const vault = await openVault(join(server.data, 'vault'), { log, clock, passwords })
  const [account] = await vault.newAccountIds(1)
  assert.ok(account)
  const old = {
    account,
    address: email,
    hash: BCRYPT,
  }
  const [sealed] = await vault.importAccounts([old])
  assert.ok(sealed)
  const at = new Date(clock.now())
  await using inside = await secondProcess(server.data, clock)
  await inside.db
    .insertInto('accounts')
    .values({
      account,
      address_index: Buffer.from(sealed.index.index),
      index_kv: sealed.index.kv,
      address: Buffer.from(sealed.address),
      password: Buffer.from(sealed.password),
      password_set_at: at,
      created_at: at,
    })
    .execute()
  return email
}

/** An account to which strangers sign in no more. */
async function throttledAt(server: TestServer, clock: TestClock): Promise<string> {
  const { email, account } = await signUpAt(server)
  await using inside = await secondProcess(server.data, clock)
  const update = inside.db.updateTable('accounts').set({ failures: 100 })
  await update.where('account', '=', account).execute()
  return email
}

type Kinds = Readonly<Record<string, Ask>>

/** How long each kind of question takes, in another order each time; `together` saves time. */
async function ask(clock: TestClock, kinds: Kinds, together: boolean): Promise<Times> {
  const names = Object.keys(kinds)
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]]))
  const one = async (name: string): Promise<void> => {
    const start = performance.now()
    await (await kinds[name]?.())?.text()
    times[name]?.push(performance.now() - start)
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    clock.advance(HALF_HOUR)
    const turned = names.map((_, at) => names[(at + round) % names.length] ?? '')
    if (together) await Promise.all(turned.map(one))
    else for (const name of turned) await one(name)
  }
  return times
}

/** Pairs of kinds whose times differ by more than chance (Mann and Whitney's U). */
function toldApart(times: Times): string[] {
  const names = Object.keys(times)
  const pairs = names.flatMap((one, at) =>
    names.slice(at + 1).map((other) => [one, other] as const),
  )
  return pairs
    .filter(([one, other]) => {
      const [a = [], b = []] = [times[one], times[other]]
      const wins = a.flatMap((x) => b.map((y) => Number(x > y)))
      const share = wins.reduce((sum, win) => sum + win, 0) / wins.length
      const sigma = Math.sqrt((a.length + b.length + 1) / (12 * a.length * b.length))
      return Math.abs(share - 0.5) > SIGMAS * sigma
    })
    .map((pair) => pair.join(' and '))
}

/** With a deadline, waiting is what takes the time: then all are asked at once. */
async function measure(ms: number): Promise<string[]> {
  const clock = createTestClock()
  await using server = await startTestServer({ clock, args: ['--answer-ms', String(ms)] })
  const { email: known } = await signUpAt(server)
  const imported = await importedAt(server, clock)
  const throttled = await throttledAt(server, clock)
  const signIn =
    (email: string): Ask =>
    () =>
      post(server, '/api/sessions', { email, password: PASSWORD })
  const signIns: Kinds = {
    known: signIn(known),
    unknown: () => signIn(freshAddress())(),
    imported: signIn(imported),
    throttled: signIn(throttled),
  }
  const others: Kinds = {
    'sign-up known': () => post(server, '/api/accounts', { email: known, password: PASSWORD }),
    'sign-up unknown': () =>
      post(server, '/api/accounts', { email: freshAddress(), password: PASSWORD }),
    'reset known': () => post(server, '/api/resets', { email: known }),
    'reset unknown': () => post(server, '/api/resets', { email: freshAddress() }),
  }
  const together = ms > 0
  const [first, second] = [await ask(clock, signIns, together), await ask(clock, others, together)]
  return [...toldApart(first), ...toldApart(second)]
}

test('known, unknown, imported and throttled addresses cannot be told apart by time', async () => {
  assert.deepEqual(await measure(400), [])
})

test('without the deadline they can, so the measure is good enough', async () => {
  const found = await measure(0)
  assert.ok(
    found.some((pair) => pair.endsWith('and throttled')),
    found.join(', '),
  )
})
