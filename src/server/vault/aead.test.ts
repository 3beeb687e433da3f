import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { newKey, open, seal, type Place } from './aead.ts'

const PLAIN = randomBytes(100)
const PLACE: Place = ['wraps', 'hh-1', 'pr-1', 1, 'dev-1']

test('what was sealed opens in its place, with its key', () => {
  const keys = [newKey(1), newKey(2), newKey(3)]
  for (const key of keys) {
    const sealed = seal(key, PLACE, PLAIN)
    assert.equal(sealed.length, PLAIN.length + 33)
    assert.deepEqual(open(keys, PLACE, sealed), PLAIN)
    assert.equal(
      open(
        keys.filter(({ kv }) => kv !== key.kv),
        PLACE,
        sealed,
      ),
      undefined,
    )
    assert.equal(open([newKey(key.kv)], PLACE, sealed), undefined)
  }
  const [one] = keys
  assert.ok(one)
  assert.deepEqual(open([one], PLACE, seal(one, PLACE, Buffer.alloc(0))), Buffer.alloc(0))
  const [first, second] = [1, 2].map(() => seal(newKey(1), PLACE, new Uint8Array()))
  assert.notDeepEqual(first, second)
})

test('it opens in no other place', () => {
  const key = newKey(1)
  const sealed = seal(key, PLACE, PLAIN)
  const places: Place[] = [
    ...PLACE.map((part, index) => PLACE.with(index, part === 1 ? 2 : `${String(part)}2`)),
    PLACE.slice(1),
    PLACE.slice(0, -1),
    PLACE.toReversed(),
    PLACE.map(String),
    [...PLACE, 1],
    [PLACE.join('')],
  ]
  for (const place of places) assert.equal(open([key], place, sealed), undefined, String(place))
})

test('the version of the key is bound: the same key under another number opens nothing', () => {
  const { key } = newKey(1)
  const sealed = Buffer.from(seal({ kv: 1, key }, PLACE, PLAIN))
  sealed.writeUInt32BE(2, 1)
  assert.equal(open([{ kv: 2, key }], PLACE, sealed), undefined)
})

test('no bit and no byte of it can be changed', () => {
  const key = newKey(1)
  const sealed = seal(key, PLACE, PLAIN)
  for (let at = 0; at < sealed.length; at += 1) {
    const flipped = Uint8Array.from(sealed)
    flipped[at] = (flipped[at] ?? 0) ^ 1
    assert.equal(open([key], PLACE, flipped), undefined, `byte ${at}`)
    assert.equal(open([key], PLACE, sealed.subarray(0, at)), undefined, `${at} bytes`)
  }
  assert.equal(open([key], PLACE, Buffer.concat([sealed, Buffer.alloc(1)])), undefined)
})
