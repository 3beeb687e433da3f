import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { z } from 'zod'
import { modelDisk } from '../../../test/harness/power.ts'
import { fromBase64url } from '../../protocol/bytes.ts'
import { bytes, fromCbor, toCbor } from '../../protocol/cbor.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { principalId } from '../../protocol/ids.ts'
import { StartError } from '../platform/start-error.ts'
import { open } from './aead.ts'
import { masterOf, openMaster } from './master.ts'
import {
  isClosed,
  keysOf,
  readRing,
  withKeys,
  withoutClosed,
  writeRing,
  EMPTY_RING,
} from './ring.ts'

// What the first vaults wrote. Whoever changes a format has to go on reading these.

const PLAIN = Buffer.from('pawpost')

function keyOf(byte: number): Uint8Array {
  return new Uint8Array(32).fill(byte)
}

const RING = fromBase64url(
  'o2FuA2F2AWpwcmluY2lwYWxzgaNiaWR4GXByLUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFka2V5c1hQAAAAAgAAAAEEBAQEBAQEB' +
    'AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAAAASwAAAABBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQVkb3BlbgI',
)

test('a value that was sealed then opens', () => {
  const sealed = fromBase64url('AQAAAAeUBGpHVBnwnPAeFas6WjEz550ZLRyhGlWeN3IfdV0G7YIAJg')
  assert.deepEqual(open([{ kv: 7, key: keyOf(1) }], ['wraps', 'hh-1', 2], sealed), PLAIN)
})

test('a file that was sealed then opens', () => {
  const sealed = fromBase64url('AQAAAAcJDbJGYDOIfn-MygvEc8S-RrDFwin5ON3mF1goNm7KV4fJUg')
  const owner = { kind: 'household', id: new Uint8Array(16).fill(9) }
  assert.deepEqual(masterOf([{ kv: 7, key: keyOf(1) }]).open(owner, sealed), PLAIN)
})

test('a ring that was written then is read, and written in the same way', () => {
  const id = principalId.from(new Uint8Array(16))
  const ring = readRing(RING)
  assert.equal(ring.n, 3)
  assert.ok(
    isClosed(ring, { principal: id, epoch: 1 }) && !isClosed(ring, { principal: id, epoch: 2 }),
  )
  for (const [epoch, byte] of [
    [2, 4],
    [300, 5],
  ] as const) {
    const [found] = keysOf(ring, { principal: id, epoch })
    assert.deepEqual([found?.kv, Uint8Array.from(found?.key ?? [])], [1, keyOf(byte)])
  }
  assert.deepEqual(Buffer.from(writeRing(ring)), Buffer.from(RING))
})

test('a ring that has what it is asked to have stays the one it is', () => {
  const names = [1, 2].map((epoch) => ({ principal: principalId.from(new Uint8Array(16)), epoch }))
  const ring = withKeys(EMPTY_RING, names)
  assert.equal(withKeys(ring, names), ring)
  assert.deepEqual(
    names.flatMap((name) => keysOf(ring, name).map(({ kv }) => kv)),
    [1, 1],
  )
  const closed = names.map(({ principal }) => ({ principal, below: 2 }))
  const shorter = withoutClosed(ring, closed)
  assert.equal(withoutClosed(shorter, closed), shorter)
})

test('a ring of another shape is not read', () => {
  const principal = { id: principalId.from(new Uint8Array(16)), open: 1, keys: new Uint8Array(40) }
  const honest = { v: 1, n: 1, principals: [principal] }
  assert.equal(readRing(toCbor(honest)).principals.length, 1)
  const wrong = [
    { ...honest, v: 2 },
    { ...honest, n: 0 },
    { ...honest, n: 1.5 },
    { ...honest, more: 1 },
    { ...honest, principals: [{ ...principal, id: 'mum' }] },
    { ...honest, principals: [{ ...principal, open: 0 }] },
    { ...honest, principals: [{ ...principal, open: 1.5 }] },
    { ...honest, principals: [{ ...principal, keys: new Uint8Array(41) }] },
    { ...honest, principals: [{ ...principal, more: 1 }] },
  ]
  for (const ring of wrong) {
    assert.throws(
      () => readRing(toCbor(ring)),
      (error) =>
        error instanceof PawpostError &&
        error.code === 'internal' &&
        error.reason === 'vault-damaged',
      JSON.stringify(ring),
    )
  }
})

test('new master keys begin at one', async () => {
  const disk = modelDisk()
  await openMaster(disk, '/', true)
  const file = (await disk.read('/master.a')) ?? assert.fail()
  const key = z.object({ kv: z.int(), key: bytes(32) })
  const content = z.object({ n: z.int(), keys: z.array(key) })
  const { n, keys } = fromCbor(file.subarray(32), content, 'internal', 'master')
  assert.equal(n, 1)
  assert.deepEqual(
    keys.map(({ kv }) => kv),
    [1],
  )
})

test('a household may have a mebibyte of keys', () => {
  const written = (keys: number): Uint8Array =>
    toCbor({
      v: 1,
      n: 1,
      principals: [
        { id: principalId.from(new Uint8Array(16)), open: 1, keys: new Uint8Array(keys * 40) },
      ],
    })
  assert.equal(readRing(written(26_214)).principals[0]?.keys.length, 26_214)
  assert.throws(() => readRing(written(26_215)), { reason: 'vault-damaged' })
})

test('master keys of another shape are not taken', async () => {
  const key = { kv: 1, key: keyOf(1) }
  const honest = { v: 1, n: 1, keys: [key] }
  const take = async (value: unknown): Promise<unknown> => {
    const plain = toCbor(value)
    const bytes = Buffer.concat([createHash('sha256').update(plain).digest(), plain])
    return openMaster(modelDisk(new Map([['/master.a', bytes]])), '/', true)
  }
  await take(honest)
  const wrong = [
    { ...honest, v: 2 },
    { ...honest, n: 0 },
    { ...honest, n: 1.5 },
    { ...honest, more: 1 },
    { ...honest, keys: [] },
    { ...honest, keys: [{ ...key, kv: 0 }] },
    { ...honest, keys: [{ ...key, kv: 1.5 }] },
    { ...honest, keys: [{ ...key, key: new Uint8Array(31) }] },
    { ...honest, keys: [{ ...key, more: 1 }] },
  ]
  for (const value of wrong) await assert.rejects(take(value), StartError, JSON.stringify(value))
})
