import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { accountId } from '../../src/protocol/ids.ts'
import { replaceHash } from '../../src/server/accounts/store.ts'
import { replacePassword } from '../../src/server/accounts/password-store.ts'
import { deleteAll, listSessions, type StoredSession } from '../../src/server/sessions/store.ts'
import type { Database } from '../../src/server/tables.ts'
import { signUpAt, type TestAccount } from '../harness/account.ts'
import { type Browser, browserAt, type Read } from '../harness/browser.ts'
import { createTestClock } from '../harness/clock.ts'
import { secondProcess, type SecondProcess } from '../harness/second-process.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

/** What a thief with the old password gets who comes at the moment when it is replaced: nothing. */

const clock = createTestClock()
let server: TestServer
let database: SecondProcess

before(async () => {
  server = await startTestServer({ clock })
  database = await secondProcess(server.data, clock)
})
after(async () => {
  await database[Symbol.asyncDispose]()
  await server.close()
})

const NEW = { password: Buffer.from('sealed anew'), breached: false, alone: true }

const sessionsOf = ({ account }: TestAccount): Promise<StoredSession[]> =>
  listSessions(database.db, accountId.schema.parse(account))

/** Waits until somebody waits for a lock of this transaction, or has the answer. */
async function isHeldUp(db: Database, answered: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !answered(); tries += 1) {
    const { rows } = await sql`SELECT FROM pg_locks WHERE NOT granted`.execute(db)
    if (rows.length > 0) return
    await sleep(50)
  }
}

/** What `knock` is answered while the password is replaced, as changing and resetting do it. */
async function whileReplacing(
  { account: whose }: TestAccount,
  knock: () => Promise<Read>,
): Promise<Read> {
  const account = accountId.schema.parse(whose)
  clock.advance(1000)
  let knocking: Promise<Read> | undefined
  await database.db.transaction().execute(async (db) => {
    await replacePassword(db, account, { ...NEW, at: new Date(clock.now()) })
    await deleteAll(db, account)
    let isAnswered = false
    knocking = knock().finally(() => (isAnswered = true))
    await isHeldUp(db, () => isAnswered)
  })
  assert.ok(knocking)
  return knocking
}

test('a sign-in with the old password starts no session when that was replaced meanwhile', async () => {
  const account = await signUpAt(server)
  const { email, password } = account
  const thief = browserAt(server)
  const sign = (): Promise<Read> => thief.post('/api/sessions', { email, password })
  assert.equal((await whileReplacing(account, sign)).code, 'sign-in-refused')
  assert.deepEqual(await sessionsOf(account), [])
  assert.equal(thief.cookies.has('__Host-pawpost'), false)
})

test('nor does a proof with the old password', async () => {
  const account = await signUpAt(server)
  const { email, password } = account
  const thief: Browser = browserAt(server)
  await thief.post('/api/sessions', { email, password })
  const prove = (): Promise<Read> => thief.post('/api/factors/proof/password', { password })
  await whileReplacing(account, prove)
  assert.deepEqual(await sessionsOf(account), [])
})

test('a hash that is made anew replaces the one it was made of, and no later password', async () => {
  const account = accountId.schema.parse((await signUpAt(server)).account)
  const { db } = database
  const kept = async (): Promise<string> => {
    const row = await db
      .selectFrom('accounts')
      .select('password')
      .where('account', '=', account)
      .executeTakeFirstOrThrow()
    return row.password.toString()
  }
  await replacePassword(db, account, { ...NEW, at: new Date(clock.now()) })
  await replaceHash(db, { account, password: Buffer.from('older') }, Buffer.from('older, anew'))
  assert.equal(await kept(), 'sealed anew')
  await replaceHash(db, { account, password: NEW.password }, Buffer.from('newer'))
  assert.equal(await kept(), 'newer')
})
