import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { TOTP } from 'otpauth'
import { readWraps } from '../../src/protocol/api/households.ts'
import {
  accountId,
  deviceId,
  householdId,
  principalId,
  type AccountId,
} from '../../src/protocol/ids.ts'
import type { Passwords } from '../../src/server/passwords/passwords.ts'
import { createLog } from '../../src/server/platform/log.ts'
import { askForRotation, readProgress } from '../../src/server/rotation/progress.ts'
import { rotate, type RotationParts } from '../../src/server/rotation/rotation.ts'
import { versionOf } from '../../src/server/vault/aead.ts'
import { serveVault } from '../../src/server/vault/process/serve.ts'
import { openVault, type Vault } from '../../src/server/vault/vault.ts'
import type { SealedWrap } from '../../src/server/vault/wraps.ts'
import { freshAddress, newestCode, post, signUpAt, GOOD_PASSWORD } from '../harness/account.ts'
import { foundFamily } from '../harness/family.ts'
import { familyClock, upload, visit, type Visitor } from '../harness/key-plane.ts'
import { pawpost } from '../harness/command.ts'
import { cheapPasswords } from '../harness/passwords.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'
import { asOwner, ownerLogin } from '../harness/stolen.ts'

const TASK = join(import.meta.dirname, '../harness/rotate-task.ts')
const SEALED = { code: 'internal', reason: 'vault-sealed' }
const log = createLog('silent', { write: () => {} })
const clock = familyClock()

let keys: string
let passwords: Passwords
let server: TestServer
let visitor: Visitor
/** The vault as the server reaches it; a killed one is opened anew from its files. */
let vault: Vault
let served: AsyncDisposable | undefined

async function openAgain(): Promise<void> {
  await served?.[Symbol.asyncDispose]()
  vault = await openOn(join(keys, 'vault'))
  served = await serveVault(vault, { path: join(keys, 'vault.socket'), mode: 0o600 }, log)
}

function openOn(folder: string): Promise<Vault> {
  return openVault(folder, { log, passwords, addressesPerHour: 100_000 })
}

before(async () => {
  keys = await mkdtemp(join(tmpdir(), 'pawpost-keys-'))
  passwords = await cheapPasswords(keys)
  await openAgain()
  server = await startTestServer({ clock, args: ['--vault', join(keys, 'vault.socket')] })
  visitor = await visit(server, clock)
})
after(async () => {
  await server.close()
  await served?.[Symbol.asyncDispose]()
  await rm(keys, { recursive: true })
})

type Row = { account: AccountId; address: Uint8Array; password: Uint8Array }
type Dump = { rows: Row[]; totp: Uint8Array; kinds: number[]; wraps: SealedWrap[] }
type Home = Awaited<ReturnType<typeof foundFamily>>

async function dumpOf({ family }: Home): Promise<Dump> {
  const household = householdId.bytes(family.household.id)
  return asOwner(server.data, async (client) => {
    const accounts = await client.query<Row & { index_kv: number }>('SELECT * FROM accounts')
    const totp = await client.query<{ secret: Buffer }>('SELECT secret FROM totp')
    const wraps = await client.query<Record<'device' | 'principal' | 'sealed', Buffer>>(
      'SELECT * FROM wraps WHERE household = $1',
      [household],
    )
    return {
      rows: accounts.rows.map((row) => ({ ...row, account: accountId.schema.parse(row.account) })),
      totp: totp.rows[0]?.secret ?? assert.fail(),
      kinds: [...new Set(accounts.rows.map((row) => row.index_kv))],
      wraps: wraps.rows.map(({ device, principal, sealed }) => ({
        device: deviceId.from(device),
        principal: principalId.from(principal),
        epoch: 1,
        sealed,
      })),
    }
  })
}

/** People, one of them with an authenticator app and one about to sign up, and a family. */
async function settle() {
  const people = [await signUpAt(server), await signUpAt(server), await signUpAt(server)]
  const account = accountId.schema.parse(people[0]?.account)
  const { secret, sealed } = await vault.newTotp(account)
  await asOwner(server.data, async (client) => {
    await client.query('DELETE FROM totp')
    await client.query(`INSERT INTO totp VALUES ($1, $2, 0, 0, now(), now())`, [account, sealed])
  })
  const email = freshAddress()
  const answer = await post(server, '/api/accounts', { email, password: GOOD_PASSWORD })
  const { account: pending } = (await answer.json()) as { account: string }
  const home = await foundFamily()
  await upload(visitor, home.family, home.guardian.device)
  return { people, account, secret, home, pending, email }
}

type Scene = Awaited<ReturnType<typeof settle>>

async function wrapsGiven({ home: { family, guardian } }: Scene): Promise<string> {
  const params = { household: family.household.id }
  const { wraps } = await visitor.api.call(readWraps, { params }, guardian.device)
  assert.ok(wraps.length > 0)
  return JSON.stringify(wraps)
}

async function checkSignIns({ people }: Scene): Promise<void> {
  // Tries come back, and the mailed code of ten minutes is still good at the end.
  clock.advance(60_000)
  for (const { email, password } of people) {
    const answer = await post(server, '/api/sessions', { email, password })
    const body = await answer.text()
    // Whoever has an authenticator app is asked for its code once the password was right.
    assert.ok(answer.ok || body.includes('second-factor-needed'), body)
  }
}

/** What people and the vault still can, and what thieves cannot, after a rotation. */
async function checkAll(scene: Scene, old: Dump, oldKeys: string, given: string): Promise<void> {
  const { account, secret, home, pending, email } = scene
  const now = await dumpOf(home)
  await checkSignIns(scene)
  assert.equal(await wrapsGiven(scene), given)
  const code = new TOTP({ secret: (await import('otpauth')).Secret.fromHex(hex(secret)) })
  const times = { now: Date.now(), last: 0 }
  assert.ok(await vault.checkTotp({ account, sealed: now.totp }, code.generate(), times))
  const confirmation = { code: await newestCode(server, email) }
  assert.ok((await post(server, `/api/accounts/${pending}/confirmation`, confirmation)).ok)
  await checkSignIns({
    ...scene,
    people: [{ ...scene.people[0], email } as (typeof scene.people)[0]],
  })

  assert.equal((await vault.indexesOf('a@b.example')).length, 1, 'one index key is left')
  assert.deepEqual(now.kinds, [(await vault.indexesOf('a@b.example'))[0]?.kv])
  await opensNothing(vault, old, home)
  await opensNothing(await openOn(oldKeys), now, home)
  const control = await openOn(oldKeys)
  for (const { account: whose, address } of old.rows) {
    assert.match(await control.openAddress({ account: whose, sealed: address }, 'code'), /@/)
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

async function opensNothing(thief: Vault, dump: Dump, { family }: Home): Promise<void> {
  for (const { account, address, password } of dump.rows) {
    await assert.rejects(thief.openAddress({ account, sealed: address }, 'code'), SEALED)
    const kept = { account, sealed: password }
    await assert.rejects(thief.verifyPassword(kept, GOOD_PASSWORD), SEALED)
  }
  assert.ok(dump.wraps.length > 0)
  assert.deepEqual(await thief.openWraps(family.household.id, dump.wraps), [])
}

/** A vault that dies right before, or right after, its n-th call. */
function mortal(n: number): Vault {
  let calls = 0
  return Object.fromEntries(
    Object.entries(vault).map(([name, call]) => [
      name,
      async (...args: unknown[]) => {
        calls += 1
        if (calls === n && n % 2 === 0) throw new Error('killed')
        const result: unknown = await (call as (...all: unknown[]) => Promise<unknown>)(...args)
        if (calls === n) throw new Error('killed')
        return result
      },
    ]),
  ) as unknown as Vault
}

function partsWith(some: Partial<RotationParts>): RotationParts {
  return { data: keys, login: ownerLogin(server.data), vault, clock, log, graceMs: 0, ...some }
}

const signal = new AbortController().signal

async function copyOfKeys(): Promise<string> {
  const copy = await mkdtemp(join(keys, 'old-'))
  await cp(join(keys, 'vault'), copy, { recursive: true })
  return copy
}

test('a rotation that dies at every step in turn ends; old keys and old dumps open nothing', async () => {
  const scene = await settle()
  const [old, oldKeys, given] = [
    await dumpOf(scene.home),
    await copyOfKeys(),
    await wrapsGiven(scene),
  ]
  await askForRotation(keys)
  let deaths = 0
  for (let n = 1; await readProgress(keys); n += 1) {
    const died = rotate(partsWith({ vault: mortal(n) }), signal).then(
      () => false,
      (error: Error) => assert.equal(error.message, 'killed') === undefined,
    )
    if (!(await died)) continue
    deaths += 1
    await openAgain()
    if (n % 4 === 0) await checkSignIns(scene)
  }
  assert.ok(deaths >= 8, `${deaths} deaths`)
  await checkAll(scene, old, oldKeys, given)
})

test('killed with SIGKILL at any moment, vault and all, it goes on and ends', async () => {
  const scene = await settle()
  const [old, oldKeys, given] = [
    await dumpOf(scene.home),
    await copyOfKeys(),
    await wrapsGiven(scene),
  ]
  await askForRotation(keys)
  await served?.[Symbol.asyncDispose]()
  let kills = 0
  for (let wait = 0; wait < 150; wait += 15) {
    const child = spawn(process.execPath, [TASK, server.data, keys], { stdio: 'pipe' })
    if (await killedAfter(child, wait)) kills += 1
    if (!(await readProgress(keys))) break
  }
  assert.ok(kills >= 3, `${kills} kills`)
  await openAgain()
  await rotate(partsWith({}), signal)
  assert.equal(await readProgress(keys), undefined)
  await checkAll(scene, old, oldKeys, given)
})

async function killedAfter(child: ChildProcess, ms: number): Promise<boolean> {
  const exited = once(child, 'exit')
  if (child.stdout) await Promise.race([once(child.stdout, 'data'), exited])
  await sleep(ms)
  child.kill('SIGKILL')
  await exited
  return child.signalCode === 'SIGKILL'
}

test('what a slow request sealed under an older key, and stores late, is found', async () => {
  const scene = await settle()
  const old = await dumpOf(scene.home)
  await askForRotation(keys)
  const waiting = new AbortController()
  const first = rotate(partsWith({ graceMs: 60_000 }), waiting.signal)
  while ((await readProgress(keys))?.phase !== 'retiring') await sleep(20)
  waiting.abort()
  await assert.rejects(first)
  const [late] = old.rows
  assert.ok(late)
  await asOwner(server.data, (client) =>
    client.query('UPDATE accounts SET password = $1 WHERE account = $2', [
      late.password,
      late.account,
    ]),
  )
  clock.advance(60_000)
  await rotate(partsWith({ graceMs: 60_000 }), signal)
  const now = (await dumpOf(scene.home)).rows.find(({ account }) => account === late.account)
  assert.ok(now && versionOf(now.password) > versionOf(late.password))
  const kept = { account: late.account, sealed: now.password }
  assert.deepEqual(await vault.verifyPassword(kept, GOOD_PASSWORD), { matches: true })
})

test('a clock that was put back by a year makes nobody wait for a year', async () => {
  await askForRotation(keys)
  const ahead = { now: () => clock.now() + 365 * 24 * 60 * 60_000 }
  const waiting = new AbortController()
  const first = rotate(partsWith({ clock: ahead, graceMs: 60_000 }), waiting.signal)
  while ((await readProgress(keys))?.phase !== 'retiring') await sleep(20)
  waiting.abort()
  await assert.rejects(first)
  await rotate(partsWith({}), AbortSignal.timeout(30_000))
  assert.equal(await readProgress(keys), undefined)
})

test('the server does it while it runs, when the command asks for it', async () => {
  const scene = await settle()
  const { code, stdout } = await pawpost(['vault', 'rotate', '--data', server.data, '--no-wait'])
  assert.equal(code, 0)
  assert.match(stdout, /^(Asked for|Everything is being sealed)/)
  while ((await readProgress(server.data))?.phase !== 'retiring') {
    await checkSignIns(scene)
    await sleep(100)
  }
  clock.advance(120_000)
  while (await readProgress(server.data)) await sleep(50)
  await checkSignIns(scene)
  assert.equal((await vault.indexesOf('a@b.example')).length, 1)
  assert.ok(server.lines.some((line) => line.includes('a rotation of the keys ended')))
})
