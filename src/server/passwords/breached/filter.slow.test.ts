import assert from 'node:assert/strict'
import { createCipheriv } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { buildFilter } from './build.ts'
import { keyOf, openFilter, type BreachFilter } from './filter.ts'

const MILLION = 1_000_000

let folder = ''
before(async () => void (folder = await mkdtemp(join(tmpdir(), 'pawpost-filter-'))))
after(() => rm(folder, { recursive: true, force: true }))

/** A million different hashes, the same ones each time: a key stream of AES. */
function hashes(name: string): Buffer {
  const cipher = createCipheriv('aes-128-ctr', Buffer.from(name.padEnd(16)), Buffer.alloc(16))
  return cipher.update(Buffer.alloc(20 * MILLION))
}

async function* keysOf(all: Buffer): AsyncGenerator<Uint32Array> {
  const keys = new Uint32Array((2 * all.length) / 20)
  for (let key = 0; 20 * key < all.length; key += 1) {
    keys.set(keyOf(all.subarray(20 * key, 20 * key + 20)), 2 * key)
  }
  yield keys
}

async function countIn(filter: BreachFilter, all: Buffer): Promise<number> {
  let count = 0
  for (let at = 0; at < all.length; at += 20) {
    if (await filter.has(all.subarray(at, at + 20))) count += 1
  }
  return count
}

async function build(bits: 8 | 16): Promise<{ out: string; bitsPerEntry: number }> {
  const out = join(folder, `${bits}`)
  const { entries, bytes } = await buildFilter(keysOf(hashes('members')), { out, bits })
  assert.equal(entries, MILLION)
  return { out, bitsPerEntry: (bytes * 8) / entries }
}

test('of a million at 16 bits none is missed, and few are taken for another', async () => {
  const { out, bitsPerEntry } = await build(16)
  assert.ok(bitsPerEntry <= 18.1, `${bitsPerEntry} bits per entry`)
  await using filter = await openFilter(out)
  assert.equal(await countIn(filter, hashes('members')), MILLION)
  // 15 are expected; five standard deviations are allowed.
  const wrong = await countIn(filter, hashes('strangers'))
  assert.ok(wrong <= 35, `${wrong} of a million`)
})

test('so it is with a cache of one page', async () => {
  const { out } = await build(16)
  await using filter = await openFilter(out, { cacheBytes: 1 })
  const some = hashes('members').subarray(0, 20 * 5_000)
  assert.equal(await countIn(filter, some), 5_000)
})

test('at 8 bits a filter takes half the place', async () => {
  const { out, bitsPerEntry } = await build(8)
  assert.ok(bitsPerEntry <= 9.1, `${bitsPerEntry} bits per entry`)
  const strangers = hashes('strangers')
  // A list that confirms every stranger shows what the filter says by itself.
  await using filter = await openFilter(out, { confirm: await sortedList(strangers) })
  const wrong = await countIn(filter, strangers)
  // 3,906 are expected; five standard deviations are allowed.
  assert.ok(wrong >= 3_595 && wrong <= 4_217, `${wrong} of a million`)
})

async function sortedList(all: Buffer): Promise<string> {
  const path = join(folder, 'sorted')
  const lines = Array.from({ length: MILLION }, (_, index) =>
    all.toString('hex', 20 * index, 20 * (index + 1)),
  )
  await writeFile(path, lines.sort().join('\n'))
  return path
}
