import assert from 'node:assert/strict'
import { hash as bcrypt } from '@node-rs/bcrypt'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  addressOf,
  keyOf,
  knownAccount,
  knownDisk,
  knownMaster,
  SEALED,
} from '../../../test/harness/account-vault.ts'
import { cheapPasswords } from '../../../test/harness/passwords.ts'
import { toHex } from '../../protocol/bytes.ts'
import { accountId } from '../../protocol/ids.ts'
import type { Passwords } from '../passwords/passwords.ts'
import { createLog, type Log } from '../platform/log.ts'
import { COLUMNS, REASONS, type Column } from './accounts.ts'
import { open, seal, versionOf } from './aead.ts'
import { createIndexKeys } from './index-keys.ts'
import { openMaster } from './master.ts'
import { openVault, type Vault } from './vault.ts'

// What the first accounts' rows held. Whoever changes a format has to go on reading these.

const PASSWORD = 'tea and biscuits at four'
const KEYLESS = { code: 'internal', reason: 'vault-keyless' }
/** RFC 6238 appendix B: a secret, and its code at a time in seconds. */
const SECRET = Buffer.from('12345678901234567890')
const [SECONDS, CODE] = [1_234_567_890, '005924']

const ACCOUNT = knownAccount(1)
const ID = accountId.bytes(ACCOUNT)
const KEY = { kv: 1, key: keyOf(2) }
/** An account without a key. */
const STRANGER = knownAccount(2)

let folder = ''
let passwords: Passwords
let lines: string[] = []
const log: Log = createLog('info', { write: (line) => void lines.push(line) })

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-vault-'))
  passwords = await cheapPasswords(folder)
})
after(() => rm(folder, { recursive: true, force: true }))

/** A vault in which one account has a key that we know. */
async function knownVault(): Promise<Vault> {
  const written = `a3616e01617601646b6579735834${toHex(ID)}00000001${toHex(KEY.key)}`
  const owner = { kind: 'accounts', id: ID.subarray(0, 2) }
  const file = knownMaster.seal(owner, Buffer.from(written, 'hex'))
  const disk = await knownDisk(new Map([['/vault/accounts/1a/1a2b.a', file]]))
  lines = []
  return openVault('/vault', { log, passwords, disk })
}

function sealedThen(column: Column, plain: string | Uint8Array): Uint8Array {
  return seal(KEY, ['account', column, ID], Buffer.from(plain))
}

/** A value as the vault's first readers opened it. */
function openedThen(column: Column, sealed: Uint8Array | undefined): string {
  const plain = open([KEY], ['account', column, ID], sealed ?? assert.fail())
  return Buffer.from(plain ?? assert.fail(`no ${column}`)).toString('latin1')
}

test('values that were sealed then open, each in its column', async () => {
  const vault = await knownVault()
  const kept = (column: Column, plain: string | Uint8Array) => {
    return { account: ACCOUNT, sealed: sealedThen(column, plain) }
  }
  assert.equal(
    await vault.openAddress(kept('address', addressOf(ACCOUNT)), 'code'),
    addressOf(ACCOUNT),
  )
  const hash = await passwords.hash(PASSWORD)
  assert.deepEqual(await vault.verifyPassword(kept('password', hash), PASSWORD), { matches: true })
  const times = { now: SECONDS * 1000, last: 0 }
  const step = Math.floor(SECONDS / 30)
  assert.equal(await vault.checkTotp(kept('totp', SECRET), CODE, times), step)
  const used = { ...times, last: step }
  assert.equal(await vault.checkTotp(kept('totp', SECRET), CODE, used), undefined)
  for (const column of COLUMNS) {
    const value = { ...kept(column, 'x'), column }
    assert.deepEqual(await vault.reseal([value]), [value.sealed])
  }
})

test('values are sealed for the columns that they were sealed for then', async () => {
  const vault = await knownVault()
  const address = addressOf(ACCOUNT)
  assert.equal(openedThen('address', await vault.sealAddress(ACCOUNT, address)), address)
  const hash = openedThen('password', await vault.hashPassword(ACCOUNT, PASSWORD))
  assert.ok(await passwords.verify(hash, PASSWORD))
  const { secret, sealed } = await vault.newTotp(ACCOUNT)
  assert.equal(openedThen('totp', sealed), Buffer.from(secret).toString('latin1'))
  const [invitation] = await vault.sealInvitations([{ account: ACCOUNT, address: 'bo@example' }])
  assert.equal(openedThen('invitation', invitation), 'bo@example')
  const [imported] = await vault.importAccounts([{ account: ACCOUNT, address, hash: '$2b$' }])
  assert.equal(openedThen('address', imported?.address), address)
  assert.equal(openedThen('password', imported?.password), '$2b$')
})

test('a device has the tag that the keys of devices make', async () => {
  const disk = await knownDisk()
  const vault = await openVault('/vault', { log, passwords, disk })
  const tag = await vault.deviceTag('phone')
  const indexes = createIndexKeys(disk, '/vault', await openMaster(disk, '/vault', false))
  const [newest] = await indexes.indexesOf('device', 'phone')
  assert.deepEqual(tag, newest?.index)
})

test('the names of columns and of reasons stay', () => {
  assert.deepEqual(COLUMNS, ['address', 'password', 'totp', 'invitation'])
  assert.deepEqual(REASONS, ['code', 'notice', 'reset', 'export'])
})

test('each address that is opened is written down: which account’s, and why', async () => {
  const vault = await knownVault()
  const kept = { account: ACCOUNT, sealed: sealedThen('address', addressOf(ACCOUNT)) }
  for (const reason of REASONS) await vault.openAddress(kept, reason)
  const told = lines.map((line) => {
    const { level, msg, account, reason } = JSON.parse(line) as Record<string, unknown>
    return { level, msg, account, reason }
  })
  const line = { level: 'info', msg: 'opened an address', account: ACCOUNT }
  assert.deepEqual(
    told,
    REASONS.map((reason) => ({ ...line, reason })),
  )
})

test('a value in another column opens in none but its own', async () => {
  const vault = await knownVault()
  for (const column of COLUMNS) {
    for (const other of COLUMNS) {
      const sealed = sealedThen(other, 'x')
      const [same] = await vault.reseal([{ account: ACCOUNT, column, sealed }])
      assert.equal(same, column === other ? sealed : undefined, `${other} in ${column}`)
    }
  }
})

test('an account without a key opens nothing, and no invitation is sealed for it', async () => {
  const vault = await knownVault()
  const address = addressOf(STRANGER)
  const mine = { account: ACCOUNT, address }
  await assert.rejects(vault.sealInvitations([mine, { account: STRANGER, address }]), KEYLESS)
  const sealed = sealedThen('address', address)
  await assert.rejects(vault.openAddress({ account: STRANGER, sealed }, 'code'), SEALED)
  const value = { account: STRANGER, column: 'address', sealed } as const
  const known = { ...value, account: ACCOUNT }
  assert.deepEqual(await vault.reseal([value, known]), [undefined, sealed])
})

test('invitations are sealed in their order, under the newest key', async () => {
  const vault = await knownVault()
  await vault.renewKeys([ACCOUNT])
  await vault.renewKeys([ACCOUNT])
  const addresses = ['bo@example', 'cy@example']
  const sealed = await vault.sealInvitations(
    addresses.map((address) => ({ account: ACCOUNT, address })),
  )
  assert.deepEqual(sealed.map(versionOf), [3, 3])
  await vault.retireKeys([ACCOUNT])
  const values = sealed.map((each) => ({
    account: ACCOUNT,
    column: 'invitation' as const,
    sealed: each,
  }))
  assert.deepEqual(await vault.reseal(values), sealed)
})

test('only a password that fits renews an old hash', async () => {
  const vault = await knownVault()
  const kept = {
    account: ACCOUNT,
    sealed: sealedThen('password', await bcrypt(PASSWORD, 4)),
  }
  assert.deepEqual(await vault.verifyPassword(kept, `${PASSWORD}!`), { matches: false })
  const { matches, renewed } = await vault.verifyPassword(kept, PASSWORD)
  assert.ok(matches)
  const hash = openedThen('password', renewed)
  assert.ok(hash.startsWith('$argon2id$') && (await passwords.verify(hash, PASSWORD)))
})

test('one address and many have the same indexes, and a device a tag of its own', async () => {
  const vault = await knownVault()
  const addresses = ['bo@example', 'cy@example']
  const one = await Promise.all(addresses.map((address) => vault.indexesOf(address)))
  assert.deepEqual(await vault.indexesOfAll(addresses), one)
  const tags = await Promise.all(['bo@example', 'phone'].map((device) => vault.deviceTag(device)))
  assert.ok(tags.every((tag) => tag.length === 16))
  const all = [...tags, ...one.flatMap((each) => each.map(({ index }) => index))]
  assert.equal(new Set(all.map(toHex)).size, 4)
  await vault.beginRotation()
  const rows = addresses.map((address) => ({ account: STRANGER, address, hash: '$2b$' }))
  const imported = await vault.importAccounts(rows)
  assert.deepEqual(
    imported.map(({ index }) => index.kv),
    [2, 2],
    'rows are found by the newest key',
  )
})
