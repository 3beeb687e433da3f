import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { accountId } from '../../src/protocol/ids.ts'
import { sealOldAccounts } from '../../src/server/accounts/old-accounts.ts'
import { createPasswords } from '../../src/server/passwords/passwords.ts'
import { createLog } from '../../src/server/platform/log.ts'
import type { AccountVault } from '../../src/server/vault/accounts.ts'
import { openVault } from '../../src/server/vault/vault.ts'
import { GOOD_PASSWORD, post, signUpAt, type TestAccount } from '../harness/account.ts'
import { createTestClock } from '../harness/clock.ts'
import { byteNeedles, createHunter } from '../harness/hunt.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { asOwner, ownerLogin, stolenFiles, stolenTables, type Loot } from '../harness/stolen.ts'

const log = createLog('silent', { write: () => {} })
const clock = createTestClock()
/** More than are sealed at once. */
const CROWD = 600

let server: TestServer

before(async () => {
  server = await startTestServer({ clock })
})
after(() => server.close())

function crowdAddress(index: number): string {
  return `crowd-${index}@family.example`
}

/** Puts accounts where they were before there was a vault, with a crowd that never signs in. */
async function putBack(accounts: readonly TestAccount[], hash: string): Promise<void> {
  await asOwner(server.data, async (client) => {
    await client.query('ALTER TABLE sessions DROP CONSTRAINT sessions_account_fkey')
    await client.query('DELETE FROM accounts')
    await client.query(
      `CREATE TABLE accounts_in_clear (
         account text PRIMARY KEY, address text NOT NULL UNIQUE, password text NOT NULL,
         created_at timestamptz NOT NULL)`,
    )
    const crowd = Array.from({ length: CROWD }, (_, index) => {
      const id = Buffer.alloc(16)
      id.writeUInt32BE(index * 7_000_000)
      return { account: accountId.from(id) as string, email: crowdAddress(index) }
    })
    const all = [...accounts, ...crowd]
    await client.query(
      `INSERT INTO accounts_in_clear
       SELECT account, address, $3, now() FROM unnest($1::text[], $2::text[]) AS t(account, address)`,
      [all.map(({ account }) => account), all.map(({ email }) => email), hash],
    )
  })
}

async function places(loot: readonly Loot[], texts: readonly string[]): Promise<Set<string>> {
  const hunter = createHunter(texts.flatMap((text) => byteNeedles(text, Buffer.from(text))))
  const hits: string[] = []
  for (const { place, pieces } of loot) {
    hits.push(...(await hunter.hunt(place, pieces)).map((hit) => hit.place))
  }
  return new Set(hits)
}

async function count(table: string): Promise<number> {
  return asOwner(server.data, async (client) => {
    const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ${table}`)
    return Number(rows[0]?.count)
  })
}

/** A vault that dies while it seals the second batch. */
async function mortalVault(): Promise<AccountVault> {
  const passwords = await createPasswords(server.data)
  const vault = await openVault(join(server.data, 'vault'), { log, passwords })
  let batches = 0
  return {
    ...vault,
    async importAccounts(accounts) {
      const sealed = await vault.importAccounts(accounts)
      batches += 1
      if (batches === 2) throw new Error('killed')
      return sealed
    },
  }
}

test('accounts of before there was a vault are sealed at the start, and nobody notices', async () => {
  const people = [await signUpAt(server), await signUpAt(server)]
  const hash = await (await createPasswords(server.data)).hash(GOOD_PASSWORD)
  await putBack(people, hash)
  const addresses = [...people.map(({ email }) => email), crowdAddress(17), crowdAddress(599)]
  const secrets = [...addresses, hash.slice(-20)]
  const before = await places(await stolenTables(server.data), secrets)
  assert.ok(before.has('table accounts_in_clear as text'), 'control: they were there')

  await assert.rejects(sealOldAccounts(ownerLogin(server.data), await mortalVault(), log), /killed/)
  assert.equal(await count('accounts'), 500, 'one batch was sealed')
  assert.equal(await count('accounts_in_clear'), CROWD + people.length - 500)
  await server.restart()

  assert.equal(await count('accounts'), CROWD + people.length)
  await assert.rejects(count('accounts_in_clear'), { code: '42P01' })
  for (const { account, email, password, cookie } of people) {
    const session = await fetch(`${server.origin}/api/sessions/current`, { headers: { cookie } })
    const { account: current } = (await session.json()) as { account: string }
    assert.equal(current, account, 'who was signed in still is')
    const signedIn = await post(server, '/api/sessions', { email, password })
    assert.ok(signedIn.ok)
    assert.equal(((await signedIn.json()) as { account: string }).account, account)
    const wrong = await post(server, '/api/sessions', { email, password: `${password}!` })
    assert.equal(wrong.status, 401)
  }
  assert.deepEqual(await places(await stolenTables(server.data), secrets), new Set())
  await server.restart()
  const base = join(server.data, 'postgres', 'base')
  assert.deepEqual(await places(await stolenFiles(base), secrets), new Set())
  const path = join(server.data, 'outbox')
  const mails = (await stolenFiles(path)).map(({ place }) => place.slice('file '.length))
  const pieces = mails.map((name) => createReadStream(join(path, name)))
  const outbox = pieces.map((one, index) => ({ place: `mail ${index}`, pieces: one }))
  assert.ok((await places(outbox, secrets)).size > 0, 'control: the hunter knows an address')
})

test('after that, a session still ends with its account', async () => {
  const { account, cookie } = await signUpAt(server)
  await asOwner(server.data, (client) =>
    client.query('DELETE FROM accounts WHERE account = $1', [account]),
  )
  const session = await fetch(`${server.origin}/api/sessions/current`, { headers: { cookie } })
  assert.equal(session.status, 401)
})
