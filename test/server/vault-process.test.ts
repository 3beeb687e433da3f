import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { PawpostError } from '../../src/protocol/errors.ts'
import {
  accountId,
  deviceId,
  householdId,
  principalId,
  type AccountId,
} from '../../src/protocol/ids.ts'
import { createLog } from '../../src/server/platform/log.ts'
import { createAccountKeys } from '../../src/server/vault/account-keys.ts'
import { open } from '../../src/server/vault/aead.ts'
import { systemDisk } from '../../src/server/vault/disk.ts'
import { openMaster } from '../../src/server/vault/master.ts'
import { CALL_NAMES } from '../../src/server/vault/process/calls.ts'
import { connectVault } from '../../src/server/vault/process/connect.ts'
import { frameOf } from '../../src/server/vault/process/frames.ts'
import { openVault } from '../../src/server/vault/vault.ts'
import { post, signUpAt, type TestAccount } from '../harness/account.ts'
import { pawpostUntil, type Running } from '../harness/command.ts'
import { byteNeedles, createHunter } from '../harness/hunt.ts'
import { cheapPasswords } from '../harness/passwords.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { asOwner, stolenFiles, stolenTables, type Loot } from '../harness/stolen.ts'

/** What the operator lets the server open in an hour, and how many accounts there are. */
const BUDGET = 3
const PEOPLE = 8
const log = createLog('silent', { write: () => {} })

let keys: string
let socket: string
let vault: Running
let server: TestServer
let people: TestAccount[] = []

function startVault(): Promise<Running> {
  const args = ['vault', 'serve', '--data', keys, '--addresses', String(BUDGET)]
  return pawpostUntil(args, /The vault is ready at (\S+)/)
}

before(async () => {
  keys = await mkdtemp(join(tmpdir(), 'pawpost-keys-'))
  const floor = { memoryCost: 19_456, timeCost: 2 }
  await writeFile(join(keys, 'password-cost.json'), JSON.stringify(floor))
  vault = await startVault()
  socket = vault.found
  server = await startTestServer({ args: ['--vault', socket] })
  // The folder of tests was made by a server with a vault of its own.
  await rm(join(server.data, 'vault'), { recursive: true })
  people = await Promise.all(Array.from({ length: PEOPLE }, () => signUpAt(server)))
})
after(async () => {
  await server.close()
  await vault.stop()
  await rm(keys, { recursive: true })
})

type Row = { account: AccountId; address: Uint8Array; password: Uint8Array }

/** What somebody reads who has taken over the server's process. */
async function rowsOf(data: string): Promise<Row[]> {
  return asOwner(data, async (client) => {
    const { rows } = await client.query<Row>('SELECT account, address, password FROM accounts')
    return rows.map((row) => ({ ...row, account: accountId.schema.parse(row.account) }))
  })
}

/** The addresses that somebody with the socket and the database gets out of the vault. */
async function plunder(): Promise<string[]> {
  await using door = connectVault(socket)
  const addresses: string[] = []
  for (const { account, address } of await rowsOf(server.data)) {
    try {
      addresses.push(await door.openAddress({ account, sealed: address }, 'notice'))
    } catch (error) {
      assert.ok(error instanceof PawpostError)
      assert.deepEqual([error.code, error.reason], ['busy', 'decrypt-budget'])
    }
  }
  return addresses
}

/** The keys and the hash of every account, as only the vault's folder has them. */
async function secretsOf(folder: string, rows: readonly Row[]): Promise<Uint8Array[]> {
  const account = createAccountKeys(systemDisk, folder, await openMaster(systemDisk, folder, false))
  const found = rows.map(async (row) => {
    const own = await account.of(row.account)
    const place = ['account', 'password', accountId.bytes(row.account)]
    const hash = open(own, place, row.password) ?? assert.fail('the hash does not open')
    assert.match(Buffer.from(hash).toString(), /^\$argon2id\$/)
    return [...own.map(({ key }) => key), hash.subarray(-43)]
  })
  return (await Promise.all(found)).flat()
}

async function hunt(secrets: readonly Uint8Array[], loot: readonly Loot[]): Promise<number> {
  const hunter = createHunter(secrets.flatMap((bytes) => byteNeedles('secret', bytes)))
  let hits = 0
  for (const { place, pieces } of loot) hits += (await hunter.hunt(place, pieces)).length
  return hits
}

test('a hacked server gets as many addresses as the budget says, however often it asks', async () => {
  const addresses = await plunder()
  assert.equal(addresses.length, BUDGET)
  assert.ok(addresses.every((address) => people.some(({ email }) => email === address)))
  assert.deepEqual(await plunder(), [])
  await server.restart()
  assert.deepEqual(await plunder(), [], 'the budget is the vault’s, not the server’s')
})

test('meanwhile people sign in: that needs no address', async () => {
  const [{ email, password } = assert.fail()] = people
  assert.ok((await post(server, '/api/sessions', { email, password })).ok)
  const wrong = await post(server, '/api/sessions', { email, password: 'coffee at seven, cake' })
  assert.equal(wrong.status, 401)
})

/** Says every call there is with what a hacked server has; gives every byte of the answers. */
async function interrogate(rows: readonly Row[]): Promise<Uint8Array[]> {
  const answers: Uint8Array[] = []
  const { account, address, password } = rows[0] ?? assert.fail()
  const kept = [address, password].map((sealed) => ({ account, sealed }))
  const value = (column: string) => kept.map((one) => ({ ...one, column }))
  const guesses: unknown[][] = [
    [],
    [1],
    ['text'],
    [account],
    [[account]],
    [account, 'text'],
    ...kept.flatMap((one) => [[one], [one, 'export'], [one, 'text'], [{ ...one }, 'code']]),
    ...kept.map((one) => [one, '000000', { now: Date.now(), last: 0 }]),
    [value('address')],
    [value('password')],
    [value('totp')],
    ...noticeGuesses(account, address),
    ['deletion'],
    ['deletion', address],
  ]
  const harmful = ['forgetAccounts', 'forgetHousehold', 'retireKeys', 'endRotation']
  for (const call of CALL_NAMES.filter((name) => !harmful.includes(name))) {
    for (const args of guesses) answers.push(await sayOnce({ id: 1, call, args }))
  }
  return answers
}

/** What the calls for notices take. */
function noticeGuesses(account: AccountId, sealed: Uint8Array): unknown[][] {
  const id = new Uint8Array(16)
  const household = householdId.from(id)
  const [phone, person] = [
    { household, device: deviceId.from(id) },
    { household, person: principalId.from(id) },
  ]
  const browser = { endpoint: 'https://push.example/x', p256dh: new Uint8Array(65), auth: id }
  const terms = { seconds: 1, urgency: 'low', topic: 'post', contact: 'https://pawpost.example' }
  return [
    [phone, browser],
    [{ ...phone, sealed }, terms],
    [person, account],
    [{ ...person, sealed }],
    [[{ ...phone, sealed }]],
    [[{ ...person, sealed }]],
  ]
}

/** One call on a line of its own: a wrong one is hung up on. */
function sayOnce(call: unknown): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const said: Buffer[] = []
    const line = connect(socket)
    line.once('error', reject)
    line.once('close', () => resolve(Buffer.concat(said)))
    line.on('data', (chunk) => {
      said.push(chunk)
      line.destroy()
    })
    line.write(frameOf(call))
  })
}

test('no key and no hash comes out of the vault, whatever it is asked, nor lies with the server', async () => {
  const rows = await rowsOf(server.data)
  const secrets = await secretsOf(join(keys, 'vault'), rows)
  assert.ok(secrets.length >= 2 * PEOPLE)
  const answers = await interrogate(rows)
  assert.ok(answers.filter(({ length }) => length > 0).length > CALL_NAMES.length)
  const loot = [
    { place: 'answers', pieces: answers },
    { place: 'log', pieces: [Buffer.from(server.lines.join('\n'))] },
    ...(await stolenFiles(server.data)),
    ...(await stolenTables(server.data)),
  ]
  assert.equal(await hunt(secrets, loot), 0)
  const spoken = Buffer.concat(answers).toString('latin1')
  assert.ok(!spoken.includes('argon2'))
  assert.ok(people.every(({ email }) => !spoken.includes(email)))
  const planted = [{ place: 'planted', pieces: secrets }]
  assert.ok((await hunt(secrets, planted)) >= secrets.length, 'control: the hunter knows them')
})

test('while the vault is away the server says busy; it goes on when the vault is back', async () => {
  const [{ email, password, cookie } = assert.fail()] = people
  await vault.stop()
  const answer = await post(server, '/api/sessions', { email, password })
  assert.deepEqual([answer.status, ((await answer.json()) as { code: string }).code], [503, 'busy'])
  const session = await fetch(`${server.origin}/api/sessions/current`, { headers: { cookie } })
  assert.equal(session.status, 200, 'what needs no key goes on')
  vault = await startVault()
  assert.ok((await post(server, '/api/sessions', { email, password })).ok)
})

test('a vault that starts anew has forgotten what was opened before', async () => {
  await vault.stop()
  vault = await startVault()
  assert.equal((await plunder()).length, BUDGET)
  assert.deepEqual(await plunder(), [])
})

test('control: with the vault in the server’s process, the same thief opens everything', async () => {
  await using weak = await startTestServer()
  const there = await Promise.all(Array.from({ length: PEOPLE }, () => signUpAt(weak)))
  const rows = await rowsOf(weak.data)
  const copy = await mkdtemp(join(tmpdir(), 'pawpost-copied-'))
  await cp(join(weak.data, 'vault'), copy, { recursive: true })
  const passwords = await cheapPasswords(copy)
  const mine = await openVault(copy, { log, passwords, addressesPerHour: 1_000_000 })
  const addresses = await Promise.all(
    rows.map(({ account, address }) => mine.openAddress({ account, sealed: address }, 'notice')),
  )
  assert.deepEqual(addresses.toSorted(), there.map(({ email }) => email).toSorted())
  assert.equal((await secretsOf(copy, rows)).length, 2 * PEOPLE)
  await rm(copy, { recursive: true })
})

test('two processes do not use one vault', async () => {
  await assert.rejects(startVault(), /Another Pawpost/)
  assert.match(await readFile(join(keys, 'vault', 'server.lock'), 'utf8'), /pid/)
})
