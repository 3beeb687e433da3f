import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { z } from 'zod'
import { atRest, modelDisk } from '../../../test/harness/power.ts'
import { bytes, fromCbor } from '../../protocol/cbor.ts'
import { principalId } from '../../protocol/ids.ts'
import { versionOf } from './aead.ts'
import type { Disk } from './disk.ts'
import { openMaster } from './master.ts'
import { EMPTY_RING, keysOf, withKeys, withNewer, withoutOld } from './ring.ts'

const OWNER = { kind: 'household', id: randomBytes(16) }
const PLAIN = Buffer.from('pawpost')
const content = z.object({
  n: z.int(),
  keys: z.array(z.object({ kv: z.int(), key: bytes(32) })),
})

/** The number of the file, and the versions of the keys in it. */
async function written(disk: Disk): Promise<readonly [n: number, ...kvs: number[]]> {
  const file = (await disk.read('/master.a')) ?? assert.fail()
  const { n, keys } = fromCbor(file.subarray(32), content, 'internal', 'master')
  return [n, ...keys.map(({ kv }) => kv)]
}

test('a newer master key seals, the older ones open until they are retired', async () => {
  const disk = modelDisk()
  const master = await openMaster(disk, '/', true)
  const old = master.seal(OWNER, PLAIN)
  assert.ok(master.isNewest(old))
  await master.renew()
  assert.deepEqual(await written(disk), [2, 1, 2])
  assert.ok(!master.isNewest(old))
  const fresh = master.seal(OWNER, PLAIN)
  assert.ok(master.isNewest(fresh))
  const again = await openMaster(modelDisk(atRest(disk)), '/', false)
  for (const sealed of [old, fresh]) {
    assert.deepEqual(master.open(OWNER, sealed), PLAIN)
    assert.deepEqual(again.open(OWNER, sealed), PLAIN)
  }
  await master.renew()
  await master.retire()
  assert.deepEqual(await written(disk), [4, 3])
  await master.retire()
  assert.deepEqual(await written(disk), [4, 3], 'there is nothing to write')
  assert.equal(master.open(OWNER, fresh), undefined)
})

test('keys that are asked for at once are as many as were asked for', async () => {
  const disk = modelDisk()
  const master = await openMaster(disk, '/', true)
  await Promise.all([master.renew(), master.renew(), master.renew()])
  assert.deepEqual(await written(disk), [4, 1, 2, 3, 4])
})

test('what nobody sealed has no version', () => {
  assert.equal(versionOf(new Uint8Array(3)), 0)
  assert.equal(versionOf(new Uint8Array(100)), 0)
})

test('every epoch of a ring gets a newer key, and keeps only that when old ones go', () => {
  const names = [1, 2].map((epoch) => ({ principal: principalId.from(new Uint8Array(16)), epoch }))
  const versions = (ring: typeof EMPTY_RING): number[][] =>
    names.map((name) => keysOf(ring, name).map(({ kv }) => kv))
  const first = withKeys(EMPTY_RING, names)
  const newer = withNewer(withNewer(first))
  assert.deepEqual(versions(newer), [
    [1, 2, 3],
    [1, 2, 3],
  ])
  const retired = withoutOld(newer)
  assert.deepEqual(versions(retired), [[3], [3]])
  assert.deepEqual(
    names.map((name) => keysOf(retired, name)[0]),
    names.map((name) => keysOf(newer, name)[2]),
  )
  assert.equal(withoutOld(retired), retired)
  assert.equal(withNewer(EMPTY_RING), EMPTY_RING)
})
