import assert from 'node:assert/strict'
import { hash as bcrypt } from '@node-rs/bcrypt'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  addressOf,
  neighbours,
  noted,
  sealedIn,
  SEALED,
} from '../../../test/harness/account-vault.ts'
import { createTestClock } from '../../../test/harness/clock.ts'
import { cheapPasswords } from '../../../test/harness/passwords.ts'
import { modelDisk } from '../../../test/harness/power.ts'
import type { Passwords } from '../passwords/passwords.ts'
import { createLog, type Log } from '../platform/log.ts'
import { versionOf } from './aead.ts'
import { systemDisk } from './disk.ts'
import { openVault, type Vault, type VaultParts } from './vault.ts'

const PASSWORD = 'tea and biscuits at four'
const HOUR = 3_600_000

let folder = ''
let passwords: Passwords
let lines: string[] = []
const log: Log = createLog('info', { write: (line) => void lines.push(line) })

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-vault-'))
  passwords = await cheapPasswords(folder)
})
after(() => rm(folder, { recursive: true, force: true }))

function openOn(path: string, parts: Partial<VaultParts> = {}): Promise<Vault> {
  lines = []
  return openVault(path, { log, passwords, disk: systemDisk, ...parts })
}

function newFolder(): string {
  return join(folder, randomBytes(4).toString('hex'))
}

function newVault(parts: Partial<VaultParts> = {}): Promise<Vault> {
  return openOn(newFolder(), parts)
}

test('what is sealed opens after a restart, and nothing of it is in sight', async () => {
  const path = newFolder()
  const vault = await openOn(path)
  const [row] = await neighbours(vault, 1)
  const password = await vault.hashPassword(row.account, PASSWORD)
  for (const clear of [addressOf(row.account), PASSWORD, '$argon2id$']) {
    for (const bytes of [row.sealed, password]) assert.ok(!Buffer.from(bytes).includes(clear))
  }
  const again = await openOn(path)
  assert.equal(await again.openAddress(row, 'code'), addressOf(row.account))
  const kept = { account: row.account, sealed: password }
  assert.deepEqual(await again.verifyPassword(kept, PASSWORD), { matches: true })
  assert.deepEqual(await again.verifyPassword(kept, `${PASSWORD}!`), { matches: false })
})

test('a row opens in its own place only: not in another row, column, vault, nor changed', async () => {
  const vault = await newVault()
  const [one, other] = await neighbours(vault, 2)
  assert.ok(other)
  const { account } = one
  const password = await vault.hashPassword(account, PASSWORD)
  const { sealed: totp } = await vault.newTotp(account)
  await assert.rejects(vault.openAddress({ account, sealed: other.sealed }, 'code'), SEALED)
  await assert.rejects(vault.reindex({ account, sealed: other.sealed }), SEALED)
  for (const sealed of [password, totp, one.sealed.subarray(1), new Uint8Array()]) {
    await assert.rejects(vault.openAddress({ account, sealed }, 'code'), SEALED)
  }
  for (const sealed of [one.sealed, totp]) {
    await assert.rejects(vault.verifyPassword({ account, sealed }, PASSWORD), SEALED)
  }
  const times = { now: 0, last: 0 }
  await assert.rejects(vault.checkTotp({ account, sealed: password }, '000000', times), SEALED)
  assert.deepEqual(await vault.reseal([{ account, column: 'password', sealed: one.sealed }]), [
    undefined,
  ])
  for (const index of one.sealed.keys()) {
    const sealed = one.sealed.with(index, (one.sealed[index] ?? 0) ^ 1)
    await assert.rejects(vault.reindex({ account, sealed }), SEALED)
  }
  const elsewhere = await newVault()
  await sealedIn(elsewhere, account)
  await assert.rejects(elsewhere.openAddress(one, 'code'), SEALED)
})

test('an account that was forgotten opens nowhere; its neighbours do', async () => {
  const vault = await newVault()
  const [gone, ...kept] = await neighbours(vault, 3)
  await vault.forgetAccounts([gone.account])
  await vault.forgetAccounts([gone.account])
  await assert.rejects(vault.openAddress(gone, 'notice'), SEALED)
  for (const row of kept) assert.equal(await vault.openAddress(row, 'code'), addressOf(row.account))
  // The same id gets another key, which does not open what there was.
  await sealedIn(vault, gone.account)
  await assert.rejects(vault.openAddress(gone, 'notice'), SEALED)
})

test('an address has one index, whenever and however it is asked for; another vault another', async () => {
  const path = newFolder()
  const vault = await openOn(path)
  const [row] = await neighbours(vault, 1)
  const indexes = await vault.indexesOf(addressOf(row.account))
  assert.equal(indexes.length, 1)
  assert.equal(indexes[0]?.index.length, 16)
  assert.deepEqual(await vault.reindex(row), indexes)
  assert.deepEqual(await (await openOn(path)).indexesOf(addressOf(row.account)), indexes)
  assert.notDeepEqual(await vault.indexesOf('other@family.example'), indexes)
  assert.notDeepEqual(await vault.deviceTag(addressOf(row.account)), indexes[0]?.index)
  assert.notDeepEqual(await (await newVault()).indexesOf(addressOf(row.account)), indexes)
})

test('an account that is not there costs a hash like one that is, and says no', async () => {
  const asked: (string | undefined)[] = []
  const counting: Passwords = {
    ...passwords,
    verify(phc, password) {
      asked.push(phc?.slice(0, 10))
      return passwords.verify(phc, password)
    },
  }
  const vault = await newVault({ passwords: counting })
  const [account] = await vault.newAccountIds(1)
  assert.ok(account)
  const sealed = await vault.hashPassword(account, PASSWORD)
  assert.deepEqual(await vault.verifyPassword(undefined, PASSWORD), { matches: false })
  assert.deepEqual(await vault.verifyPassword({ account, sealed }, 'wrong'), { matches: false })
  assert.deepEqual(asked, [undefined, '$argon2id$'])
})

test('so many addresses an hour open and no more; the operator learns of it, without a name', async () => {
  const clock = createTestClock()
  const vault = await newVault({ clock, addressesPerHour: 4 })
  const [row] = await neighbours(vault, 1)
  const open = (): Promise<string> => vault.openAddress(row, 'code')
  for (let count = 0; count < 4; count += 1) await open()
  assert.ok(!lines.some((line) => line.includes('"level":"error"')))
  const usedUp = { code: 'busy', reason: 'decrypt-budget' }
  await assert.rejects(open(), usedUp)
  assert.match(lines.at(-1) ?? '', /"level":"error".*used up/)
  assert.equal((await vault.reindex(row)).length, 1, 'what stays sealed costs nothing')
  clock.advance(HOUR / 2)
  await assert.rejects(open(), usedUp)
  clock.advance(HOUR / 2)
  await open()
  clock.advance(HOUR / 2)
  for (let count = 0; count < 3; count += 1) await open()
  await assert.rejects(open(), usedUp)
  clock.advance(HOUR / 2)
  await open()
  await assert.rejects(open(), usedUp)
  const opened = lines.filter((line) => line.includes('opened an address'))
  assert.equal(opened.length, 9)
  assert.ok(opened.every((line) => line.includes(row.account) && line.includes('"code"')))
  assert.ok(!lines.join('').includes('@family.example'))
})

test('accounts that come together are stored by one write to each copy of their file', async () => {
  const { disk, written } = noted(modelDisk())
  const vault = await openOn('/vault', { disk })
  const hash = await passwords.hash(PASSWORD)
  const old = await bcrypt(PASSWORD, 4)
  await vault.indexesOf('somebody@family.example')
  for (const buckets of [1, 2]) {
    written.length = 0
    const ids = await Promise.all(Array.from({ length: buckets }, () => vault.newAccountIds(250)))
    const rows = await vault.importAccounts(
      ids.flat().map((account, index) => {
        return { account, address: addressOf(account), hash: index % 2 === 0 ? hash : old }
      }),
    )
    assert.equal(written.length, 2 * buckets)
    const [first, second] = rows
    assert.ok(first && second && rows.length === 250 * buckets)
    assert.deepEqual([first.index], await vault.indexesOf(addressOf(first.account)))
    const kept = { account: first.account, sealed: first.address }
    assert.equal(await vault.openAddress(kept, 'export'), addressOf(first.account))
    const verify = ({ account, password }: typeof first) =>
      vault.verifyPassword({ account, sealed: password }, PASSWORD)
    assert.deepEqual(await verify(first), { matches: true })
    const { matches, renewed } = await verify(second)
    assert.ok(matches && renewed, 'a hash of another system is replaced')
    assert.deepEqual(await verify({ ...second, password: renewed }), { matches: true })
  }
})

test('newer keys open what older ones sealed, until these are retired', async () => {
  const vault = await newVault()
  const [row, neighbour] = await neighbours(vault, 2)
  assert.ok(neighbour)
  const [stranger] = await vault.newAccountIds(1)
  await vault.renewKeys([row.account, stranger ?? assert.fail()])
  assert.equal(await vault.openAddress(row, 'code'), addressOf(row.account))
  const value = { ...row, column: 'address' } as const
  const [sealed] = await vault.reseal([value])
  assert.ok(sealed)
  assert.deepEqual([versionOf(row.sealed), versionOf(sealed)], [1, 2])
  assert.deepEqual(await vault.reseal([{ ...value, sealed }]), [sealed], 'nothing to do')
  await vault.retireKeys([row.account])
  await assert.rejects(vault.openAddress(row, 'code'), SEALED)
  assert.deepEqual(await vault.reseal([value]), [undefined])
  const kept = { account: row.account, sealed }
  assert.equal(await vault.openAddress(kept, 'code'), addressOf(row.account))
  assert.equal(await vault.openAddress(neighbour, 'code'), addressOf(neighbour.account))
})
