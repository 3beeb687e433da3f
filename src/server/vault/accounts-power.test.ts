import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { neighbours, sealedIn, SEALED } from '../../../test/harness/account-vault.ts'
import { cheapPasswords } from '../../../test/harness/passwords.ts'
import { atRest, cutEverywhere, modelDisk, type Files } from '../../../test/harness/power.ts'
import { accountId, type AccountId } from '../../protocol/ids.ts'
import type { Passwords } from '../passwords/passwords.ts'
import { createLog } from '../platform/log.ts'
import type { Disk } from './disk.ts'
import { openMaster } from './master.ts'
import { openVault, type Sealed, type Vault } from './vault.ts'

const log = createLog('silent', { write: () => {} })

let folder = ''
let passwords: Passwords

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-vault-'))
  passwords = await cheapPasswords(folder)
})
after(() => rm(folder, { recursive: true, force: true }))

function openOn(disk: Disk): Promise<Vault> {
  return openVault('/vault', { log, passwords, disk })
}

/** A vault on a disk in memory, made in a time of peace, with two accounts in one file. */
async function peace(): Promise<{ files: Files; one: Sealed; other: Sealed }> {
  const disk = modelDisk()
  const vault = await openOn(disk)
  const [one, other] = await neighbours(vault, 2)
  await vault.indexesOf('somebody@family.example')
  return { files: atRest(disk), one, other: other ?? assert.fail() }
}

/** How many of these bytes are a file with a key of an account, and of how many keys in all. */
async function keysIn(disk: Disk, found: Iterable<Uint8Array>, account: AccountId) {
  const master = await openMaster(disk, '/vault', false)
  const id = Buffer.from(accountId.bytes(account))
  const files = [...found].flatMap((bytes) => {
    const plain = master.open({ kind: 'accounts', id: id.subarray(0, 2) }, bytes)
    return plain ? [Buffer.from(plain)] : []
  })
  return { files: files.length, keys: files.filter((plain) => plain.includes(id)).length }
}

test('the power is cut anywhere while an account gets its key: the others open', async () => {
  const { files, one, other } = await peace()
  const account = accountId.from(randomBytes(16))
  let sealed: Uint8Array | undefined
  const act = async (disk: Disk): Promise<void> => {
    sealed = undefined
    sealed = (await sealedIn(await openOn(disk), account)).sealed
  }
  await cutEverywhere(files, act, async (wreck, isDone) => {
    const vault = await openOn(modelDisk(wreck))
    for (const row of [one, other]) await vault.openAddress(row, 'code')
    if (isDone) await vault.openAddress({ account, sealed: sealed ?? assert.fail() }, 'code')
    await vault.openAddress(await sealedIn(vault, account), 'code')
  })
})

test('the power is cut anywhere while an account is forgotten: once repeated, no file has its key', async () => {
  const { files, one, other } = await peace()
  assert.deepEqual(await keysIn(modelDisk(files), files.values(), one.account), {
    files: 2,
    keys: 2,
  })
  const act = async (disk: Disk): Promise<void> =>
    (await openOn(disk)).forgetAccounts([one.account])
  const effects = await cutEverywhere(files, act, async (wreck, isDone) => {
    const disk = modelDisk(wreck)
    const vault = await openOn(disk)
    if (isDone) await assert.rejects(vault.openAddress(one, 'code'), SEALED)
    await vault.openAddress(other, 'code')
    await vault.forgetAccounts([one.account])
    await assert.rejects(vault.openAddress(one, 'code'), SEALED)
    await vault.openAddress(other, 'code')
    const left = [...atRest(disk).values(), ...disk.nameless()]
    const { files: found, keys } = await keysIn(disk, left, one.account)
    assert.ok(found >= 2, 'both copies were read')
    assert.equal(keys, 0)
  })
  assert.ok(effects >= 12)
})

test('the power is cut anywhere while keys are renewed, and retired: everything opens', async () => {
  const { files, one, other } = await peace()
  const rows = [one, other].map((row) => ({ ...row, column: 'address' as const }))
  const accounts = rows.map(({ account }) => account)
  let renewed: Files = files
  const renew = async (disk: Disk): Promise<void> => (await openOn(disk)).renewKeys(accounts)
  await cutEverywhere(files, renew, async (wreck, isDone) => {
    const vault = await openOn(modelDisk(wreck))
    for (const row of rows) await vault.openAddress(row, 'code')
    if (isDone) renewed = wreck
  })
  const fresh = await (await openOn(modelDisk(renewed))).reseal(rows)
  const retire = async (disk: Disk): Promise<void> => (await openOn(disk)).retireKeys(accounts)
  await cutEverywhere(renewed, retire, async (wreck, isDone) => {
    const vault = await openOn(modelDisk(wreck))
    for (const [index, row] of rows.entries()) {
      const { account } = row
      await vault.openAddress({ account, sealed: fresh[index] ?? assert.fail() }, 'code')
      if (isDone) await assert.rejects(vault.openAddress(row, 'code'), SEALED)
    }
  })
})

test('the power is cut anywhere while the vault itself is rotated: everything opens, and at the end only so', async () => {
  const { files, one, other } = await peace()
  const [before] = await (await openOn(modelDisk(files))).indexesOf('somebody@family.example')
  const old = await openMaster(modelDisk(files), '/vault', false)
  const rotate = async (disk: Disk): Promise<void> => {
    const vault = await openOn(disk)
    await vault.beginRotation()
    await vault.endRotation()
  }
  await cutEverywhere(files, rotate, async (wreck, isDone) => {
    const disk = modelDisk(wreck)
    const vault = await openOn(disk)
    for (const row of [one, other]) await vault.openAddress(row, 'code')
    if (!isDone) await vault.endRotation()
    const indexes = await vault.indexesOf('somebody@family.example')
    assert.equal(indexes.length, 1)
    if (!isDone) return
    assert.notDeepEqual(indexes[0], before)
    const kinds = [...atRest(disk).values()].map((bytes) =>
      old.open({ kind: 'index', id: Buffer.from('address') }, bytes),
    )
    assert.ok(kinds.every((plain) => plain === undefined))
    assert.deepEqual(await keysIn(disk, atRest(disk).values(), one.account), { files: 2, keys: 2 })
  })
})
