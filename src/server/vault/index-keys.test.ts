import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyOf, knownDisk, knownMaster, noted } from '../../../test/harness/account-vault.ts'
import { toHex } from '../../protocol/bytes.ts'
import { toCbor } from '../../protocol/cbor.ts'
import type { Disk } from './disk.ts'
import { createIndexKeys, INDEX_USES, type IndexKeys, type IndexUse } from './index-keys.ts'
import { openMaster } from './master.ts'

const TEXT = 'ada@family.example'
const DAMAGED = { code: 'internal', reason: 'vault-damaged' }

async function indexesOn(disk: Disk): Promise<IndexKeys> {
  return createIndexKeys(disk, '/vault', await openMaster(disk, '/vault', false))
}

/** The versions of the indexes there are, as they come. */
async function versions(indexes: IndexKeys, use: IndexUse): Promise<readonly number[]> {
  return (await indexes.indexesOf(use, TEXT)).map(({ kv }) => kv)
}

function fileOf(use: string): string {
  return `/vault/indexes/${use}.a`
}

function sealedFor(use: string, plain: Uint8Array, kind = 'index'): Uint8Array {
  return knownMaster.seal({ kind, id: Buffer.from(use) }, plain)
}

async function plainOn(disk: Disk, use: string): Promise<string> {
  const sealed = (await disk.read(fileOf(use))) ?? assert.fail('no such file')
  const owner = { kind: 'index', id: Buffer.from(use) }
  return toHex(knownMaster.open(owner, sealed) ?? assert.fail('sealed for something else'))
}

/** Keys of versions 2 and 3 as they were first written; `n` is two digits. */
function writtenThen(n: string): string {
  const [two, three] = [2, 3].map((kv) => `a2626b760${kv}636b65795820${`0${kv}`.repeat(32)}`)
  return `a3616e${n}617601646b65797382${two}${three}`
}

test('keys that were written then are read, and make the indexes that they made then', async () => {
  const files = INDEX_USES.map((use) => {
    return [fileOf(use), sealedFor(use, Buffer.from(writtenThen('05'), 'hex'))] as const
  })
  const disk = await knownDisk(new Map(files))
  const indexes = await indexesOn(disk)
  const told = async (use: IndexUse): Promise<readonly string[]> =>
    (await indexes.indexesOf(use, TEXT)).map(({ kv, index }) => `${kv} ${toHex(index)}`)
  assert.deepEqual(await told('address'), [
    '3 9fecbe7719e92d5918a1131ea14e36fc',
    '2 64a45693115982bc3097917049690aeb',
  ])
  assert.deepEqual(await told('device'), [
    '3 39a32ec2d65eefcdef56fdbfd3b9abbb',
    '2 4a93ad7bd91fa1aff00074d51a7fd195',
  ])
  const both = await indexes.indexesOfAll('address', ['', TEXT])
  assert.deepEqual(both[1], await indexes.indexesOf('address', TEXT))
  assert.deepEqual(both[0], await indexes.indexesOf('address', ''))
  await indexes.retire('address')
  const last = `a2626b7603636b65795820${'03'.repeat(32)}`
  assert.equal(await plainOn(disk, 'address'), `a3616e06617601646b65797381${last}`)
  assert.equal(await plainOn(disk, 'device'), writtenThen('05'))
})

test('there are indexes of addresses and of devices', () => {
  assert.deepEqual(INDEX_USES, ['address', 'device'])
})

test('the first key is made when it is needed, and has version 1', async () => {
  const disk = await knownDisk()
  const indexes = await indexesOn(disk)
  assert.deepEqual(await versions(indexes, 'address'), [1])
  const start = 'a3616e01617601646b65797381a2626b7601636b65795820'
  assert.equal((await plainOn(disk, 'address')).slice(0, start.length), start)
  assert.deepEqual(await versions(await indexesOn(disk), 'address'), [1])
})

test('newer keys count on and come first; the newest is left', async () => {
  const indexes = await indexesOn(await knownDisk())
  for (const kv of [1, 2, 3]) assert.equal(await indexes.renew('address'), kv)
  const before = await indexes.indexesOf('address', TEXT)
  assert.deepEqual(
    before.map(({ kv }) => kv),
    [3, 2, 1],
  )
  assert.equal(new Set(before.map(({ index }) => toHex(index))).size, 3)
  await indexes.retire('address')
  assert.deepEqual(await indexes.indexesOf('address', TEXT), before.slice(0, 1))
  assert.equal(await indexes.renew('address'), 4)
  assert.deepEqual(await versions(indexes, 'device'), [1])
})

test('what changes nothing writes nothing', async () => {
  const { disk, written } = noted(await knownDisk())
  const indexes = await indexesOn(disk)
  written.length = 0
  await indexes.retire('address')
  assert.deepEqual(written, [], 'there is no key yet')
  await indexes.indexesOf('address', TEXT)
  assert.equal(written.length, 2)
  await indexes.indexesOf('address', TEXT)
  await indexes.retire('address')
  assert.equal(written.length, 2)
})

test('keys of every use outlive a rotation of the master keys', async () => {
  const disk = await knownDisk()
  const master = await openMaster(disk, '/vault', false)
  const indexes = createIndexKeys(disk, '/vault', master)
  const all = (from: IndexKeys): Promise<unknown> =>
    Promise.all(INDEX_USES.map((use) => from.indexesOf(use, TEXT)))
  const before = await all(indexes)
  await master.renew()
  await indexes.resealAll()
  await master.retire()
  assert.deepEqual(await all(await indexesOn(disk)), before)
})

test('keys of another shape are not taken, nor those of another use', async () => {
  const key = { kv: 1, key: keyOf(2) }
  const honest = { v: 1, n: 1, keys: [key] }
  const take = async (plain: Uint8Array, ...rest: readonly string[]): Promise<unknown> => {
    const [use = 'address', kind] = rest
    const disk = await knownDisk(new Map([[fileOf('address'), sealedFor(use, plain, kind)]]))
    return (await indexesOn(disk)).indexesOf('address', TEXT)
  }
  await take(toCbor(honest))
  const wrong = [
    { ...honest, v: 2 },
    { ...honest, n: 0 },
    { ...honest, n: 1.5 },
    { ...honest, more: 1 },
    { ...honest, keys: [] },
    { ...honest, keys: [{ ...key, kv: 0 }] },
    { ...honest, keys: [{ ...key, kv: 1.5 }] },
    { ...honest, keys: [{ ...key, key: new Uint8Array(31) }] },
    { ...honest, keys: [{ ...key, key: new Uint8Array(33) }] },
    { ...honest, keys: [{ ...key, more: 1 }] },
  ]
  for (const value of wrong) {
    await assert.rejects(take(toCbor(value)), DAMAGED, JSON.stringify(value))
  }
  await assert.rejects(take(toCbor(honest), 'device'), DAMAGED)
  await assert.rejects(take(toCbor(honest), 'address', 'accounts'), DAMAGED)
})
