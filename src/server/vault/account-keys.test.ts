import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  keyOf,
  knownAccount,
  knownDisk,
  knownMaster,
  noted,
} from '../../../test/harness/account-vault.ts'
import { toHex } from '../../protocol/bytes.ts'
import { toCbor } from '../../protocol/cbor.ts'
import type { AccountId } from '../../protocol/ids.ts'
import { createAccountKeys, newAccountIds, type AccountKeys } from './account-keys.ts'
import type { Disk } from './disk.ts'
import { openMaster } from './master.ts'

const OWNER = { kind: 'accounts', id: Uint8Array.of(0x1a, 0x2b) }
const FILE = '/vault/accounts/1a/1a2b.a'
const ONE = knownAccount(1)
const OTHER = knownAccount(2)
const DAMAGED = { code: 'internal', reason: 'vault-damaged' }

/** A file of keys as it was first written: account, version and key, one after the other. */
function writtenThen(n: string, ...keys: readonly string[]): string {
  const packed = keys.join('')
  const length = (packed.length / 2).toString(16).padStart(2, '0')
  return `a3616e${n}617601646b65797358${length}${packed}`
}

const ID = `1a2b${'07'.repeat(13)}`
const ONE_OLD = `${ID}0100000001` + '22'.repeat(32)
const ONE_NEW = `${ID}0100010203` + '33'.repeat(32)
const OTHER_ONLY = `${ID}0200000001` + '44'.repeat(32)

async function keysOn(disk: Disk): Promise<AccountKeys> {
  return createAccountKeys(disk, '/vault', await openMaster(disk, '/vault', false))
}

function sealedFile(plain: string): Uint8Array {
  return knownMaster.seal(OWNER, Buffer.from(plain, 'hex'))
}

async function plainOn(disk: Disk): Promise<string> {
  const sealed = (await disk.read(FILE)) ?? assert.fail('no such file')
  return toHex(knownMaster.open(OWNER, sealed) ?? assert.fail('sealed for somebody else'))
}

/** Versions and keys, told shortly. */
async function toldOf(keys: AccountKeys, account: AccountId): Promise<readonly string[]> {
  return (await keys.of(account)).map(({ kv, key }) => `${kv} ${toHex(key).slice(0, 4)}`)
}

test('a file of keys that was written then is read, and written in the same way', async () => {
  const before = writtenThen('03', ONE_OLD, ONE_NEW, OTHER_ONLY)
  const disk = await knownDisk(new Map([[FILE, sealedFile(before)]]))
  const keys = await keysOn(disk)
  assert.deepEqual(await toldOf(keys, ONE), ['1 2222', '66051 3333'])
  assert.deepEqual(await toldOf(keys, OTHER), ['1 4444'])
  assert.deepEqual(await toldOf(keys, knownAccount(3)), [])
  await keys.retire([ONE])
  assert.equal(await plainOn(disk), writtenThen('04', ONE_NEW, OTHER_ONLY))
  await keys.destroy([ONE])
  assert.equal(await plainOn(disk), writtenThen('05', OTHER_ONLY))
  await keys.destroy([OTHER])
  assert.equal(await plainOn(disk), 'a3616e06617601646b65797340')
  assert.deepEqual(await toldOf(keys, OTHER), [])
})

test('a first key has version 1, and its file is called after the account’s first bytes', async () => {
  const disk = await knownDisk()
  const keys = await keysOn(disk)
  const made = (await keys.make([ONE])).get(ONE) ?? assert.fail()
  assert.equal(made.kv, 1)
  assert.equal(await plainOn(disk), writtenThen('01', `${ID}0100000001${toHex(made.key)}`))
  assert.deepEqual(await disk.list('/vault/accounts'), ['1a'])
  assert.deepEqual((await disk.list('/vault/accounts/1a')).toSorted(), ['1a2b.a', '1a2b.b'])
})

test('a file of keys of another shape is not read, nor one of other accounts', async () => {
  const honest = { v: 1, n: 1, keys: new Uint8Array(104) }
  const read = async (value: object, owner = OWNER): Promise<unknown> => {
    const disk = await knownDisk(new Map([[FILE, knownMaster.seal(owner, toCbor(value))]]))
    return (await keysOn(disk)).of(ONE)
  }
  assert.deepEqual(await read(honest), [])
  const wrong = [
    { ...honest, v: 2 },
    { ...honest, n: 0 },
    { ...honest, n: 1.5 },
    { ...honest, more: 1 },
    { ...honest, keys: new Uint8Array(103) },
    { ...honest, keys: new Uint8Array(105) },
    { ...honest, keys: 'x'.repeat(104) },
  ]
  for (const value of wrong) await assert.rejects(read(value), DAMAGED, JSON.stringify(value))
  await assert.rejects(read(honest, { ...OWNER, id: Uint8Array.of(0x1a, 0x2c) }), DAMAGED)
  await assert.rejects(read(honest, { ...OWNER, kind: 'index' }), DAMAGED)
})

test('what changes nothing writes nothing', async () => {
  const plain = writtenThen('01', ONE_OLD)
  const { disk, written } = noted(await knownDisk(new Map([[FILE, sealedFile(plain)]])))
  const keys = await keysOn(disk)
  await keys.of(ONE)
  written.length = 0
  const made = await keys.make([ONE])
  assert.deepEqual(made.get(ONE)?.key, Buffer.from(keyOf(0x22)))
  await keys.renew([OTHER])
  await keys.retire([ONE, OTHER])
  await keys.destroy([OTHER])
  assert.deepEqual(written, [])
})

test('newer keys count on, one at a time; a repeated id counts once', async () => {
  const plain = writtenThen('03', ONE_OLD, ONE_NEW, OTHER_ONLY)
  const keys = await keysOn(await knownDisk(new Map([[FILE, sealedFile(plain)]])))
  const versions = async (account: AccountId): Promise<readonly number[]> =>
    (await keys.of(account)).map(({ kv }) => kv)
  await keys.renew([ONE, OTHER, ONE])
  assert.deepEqual(await versions(ONE), [1, 66_051, 66_052])
  assert.deepEqual(await versions(OTHER), [1, 2])
  const third = knownAccount(3)
  await keys.make([third, third, ONE])
  assert.deepEqual(await versions(third), [1])
  const all = await keys.ofAll([ONE, OTHER, ...newAccountIds(1)])
  assert.deepEqual(
    [ONE, OTHER].map((account) => all.get(account)?.map(({ kv }) => kv)),
    [
      [1, 66_051, 66_052],
      [1, 2],
    ],
  )
})
