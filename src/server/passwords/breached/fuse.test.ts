import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { fillFuse, type Fuse } from './fuse.ts'
import { ARITY, place, PLACE_WORDS, slotsOf, type FingerprintBits } from './shape.ts'

/** As many random keys, the same ones each time. */
function keysOf(count: number, seed: string): Uint32Array {
  const bytes = createHash('shake256', { outputLength: Math.max(8 * count, 8) })
    .update(seed)
    .digest()
  return new Uint32Array(Uint8Array.from(bytes.subarray(0, 8 * count)).buffer)
}

function hits({ shape, slots }: Fuse, keys: Uint32Array, bits: FingerprintBits): number {
  const places = new Uint32Array((keys.length / 2) * PLACE_WORDS)
  let count = 0
  for (let key = 0; 2 * key < keys.length; key += 1) {
    place(shape, keys, key, places)
    const own = places.subarray(PLACE_WORDS * key, PLACE_WORDS * key + ARITY)
    assert.ok(own.every((slot) => slot < slotsOf(shape)))
    const value = own.reduce((sum, slot) => sum ^ (slots[slot] ?? 0), 0)
    if (value === (places[PLACE_WORDS * key + ARITY] ?? 0) >>> (32 - bits)) count += 1
  }
  return count
}

test('sets of every size are filled, and every member is found', () => {
  for (const bits of [8, 16] as const) {
    for (const count of [0, 1, 2, 3, 4, 5, 8, 13, 21, 34, 100, 333, 1000, 4097, 30_000]) {
      const keys = keysOf(count, `members ${count}`)
      assert.equal(hits(fillFuse(keys, bits), keys, bits), count)
    }
  }
})

test('others are found once in 2^bits', () => {
  const strangers = keysOf(200_000, 'strangers')
  const members = keysOf(20_000, 'members')
  // 781 and 3 are expected; five standard deviations are allowed.
  const found = hits(fillFuse(members, 8), strangers, 8)
  assert.ok(found > 640 && found < 925, `${found} of 200,000`)
  assert.ok(hits(fillFuse(members, 16), strangers, 16) < 12)
})

test('the same keys give the same filter', () => {
  const keys = keysOf(5_000, 'again')
  assert.deepEqual(fillFuse(keys, 16), fillFuse(keys.slice(), 16))
})

test('a shard of half a million keys needs less than 17.7 bits for each', () => {
  const keys = keysOf(262_145, 'size')
  const { slots } = fillFuse(keys, 16)
  assert.ok((slots.byteLength * 8) / 262_145 < 17.7)
})
