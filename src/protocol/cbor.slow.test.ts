import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { z } from 'zod'
import { bytes, fromCbor, toCbor } from './cbor.ts'

const anything = z.unknown()

function read(encoded: Uint8Array): unknown {
  return fromCbor(encoded, anything, 'bad-request', 'not-cbor')
}

function refuses(encoded: Uint8Array): void {
  assert.throws(() => read(encoded), { code: 'bad-request', reason: 'not-cbor' })
}

const LOOSE: Readonly<Record<string, string>> = {
  'a key twice': 'a2616101616102',
  'a key that is a number': 'a1016161',
  'a byte behind the value': '0000',
  nothing: '',
  'a map cut short': 'a26161016162',
  'an array of indefinite length': '9f01ff',
  'a map of indefinite length': 'bf616101ff',
  'a text of indefinite length': '7f6161ff',
  'bytes of indefinite length': '5f4101ff',
  'a break where a value belongs': 'a16161ff',
  'a break alone': 'ff',
  'a number in more bytes than it needs (8)': '1800',
  'a number in more bytes than it needs (16)': '190001',
  'a number in more bytes than it needs (32)': '1a00000001',
  'a number in more bytes than it needs (64)': '1b0000000000000001',
  'a negative number in more bytes than it needs': '3800',
  'a length in more bytes than it needs: bytes': '580100',
  'a length in more bytes than it needs: text': '780161',
  'a length in more bytes than it needs: array': '980100',
  'a length in more bytes than it needs: map': 'b801616100',
  'a date': 'c074323032362d30312d30315430303a30303a30305a',
  'a big number': 'c249010000000000000000',
  'a whole number written as float (16)': 'f93c00',
  'a whole number written as float (64)': 'fb3ff0000000000000',
  'a negative zero': 'f98000',
  'a float in more bytes than it needs': 'fb3ff8000000000000',
  'not a number': 'f97e00',
  infinity: 'f97c00',
  undefined: 'f7',
  'a simple value nobody knows': 'f0',
  'a simple value in two bytes': 'f814',
  'a number beyond 2^53': '1b0020000000000000',
  'a number below -2^53': '3b001fffffffffffff',
  'text that is not UTF-8': '62c328',
  'text cut within a letter': '63f09f98',
  'text with half a surrogate pair': '63eda080',
  'text with a byte order mark': '64efbbbf61',
  'a reserved length': '1c',
  'an array that promises 2^36 items': '9b0000001000000000',
  'a map that promises 2^36 entries': 'bb0000001000000000',
  'bytes that promise 2^36': '5b0000001000000000',
  'text that promises 2^36': '7b0000001000000000',
  'bytes that promise one more than there are': '4201',
}

describe('loose CBOR is refused', () => {
  for (const [what, hex] of Object.entries(LOOSE)) {
    test(what, () => refuses(Uint8Array.from(Buffer.from(hex, 'hex'))))
  }
})

test('what promises much and holds nothing takes no time and no memory', () => {
  const before = process.memoryUsage().arrayBuffers
  const used = process.cpuUsage()
  for (const head of ['9b', 'bb', '5b', '7b']) {
    refuses(Uint8Array.from(Buffer.from(`${head}001fffffffffffff`, 'hex')))
  }
  assert.ok(process.cpuUsage(used).user < 100_000)
  assert.ok(process.memoryUsage().arrayBuffers - before < 1 << 20)
})

test('nesting ends at sixteen containers, and a million of them overflow nothing', () => {
  const nested = (depth: number): Uint8Array =>
    Uint8Array.from({ length: depth + 1 }, (_, at) => (at < depth ? 0x81 : 0))
  assert.doesNotThrow(() => read(nested(16)))
  refuses(nested(17))
  refuses(nested(1_000_000))
  const maps = Buffer.from(`${'a16161'.repeat(17)}00`, 'hex')
  refuses(Uint8Array.from(maps))
  // Siblings do not nest.
  const siblings = Array.from({ length: 50 }, () => [[], {}])
  assert.deepEqual(read(toCbor(siblings)), siblings)
})

test('what a Buffer holds is copied out, not shared', () => {
  const buffer = Buffer.from(toCbor({ b: Uint8Array.of(1, 2, 3) }))
  const schema = z.strictObject({ b: bytes(3) })
  const { b } = fromCbor(buffer, schema, 'bad-request', 'not-cbor')
  buffer.fill(0)
  assert.deepEqual(b, Uint8Array.of(1, 2, 3))
  assert.equal(Object.getPrototypeOf(b), Uint8Array.prototype)
})

test('the name of a prototype is a name like any other, and no schema of ours has it', () => {
  const encoded = Uint8Array.from(Buffer.from('a1695f5f70726f746f5f5fa1617601', 'hex'))
  assert.equal(({} as { v?: unknown }).v, undefined)
  const schema = z.strictObject({ v: z.int().optional() })
  assert.throws(() => fromCbor(encoded, schema, 'bad-request', 'not-cbor'), { reason: 'not-cbor' })
})

test('a value of another shape is refused with the same code', () => {
  const schema = z.strictObject({ v: z.literal(1), b: bytes(2, 3) })
  const wrong = [
    { v: 1 },
    { v: 2, b: Uint8Array.of(1, 2) },
    { v: 1, b: Uint8Array.of(1) },
    { v: 1, b: Uint8Array.of(1, 2, 3, 4) },
    { v: 1, b: [1, 2] },
    { v: 1, b: Uint8Array.of(1, 2), more: 1 },
  ]
  for (const value of wrong) {
    assert.throws(() => fromCbor(toCbor(value), schema, 'log-refused', 'link-malformed'), {
      code: 'log-refused',
      reason: 'link-malformed',
    })
  }
})

const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 5 },
    fc.maxSafeInteger(),
    fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 300 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value

test('reading is the inverse of writing, and only of that writing', () => {
  fc.assert(
    fc.property(value, fc.nat(), (original, more) => {
      const written = toCbor(original)
      assert.deepEqual(read(written), original)
      refuses(Uint8Array.of(...written, more))
      if (written.length > 1) refuses(written.slice(0, -1))
    }),
    { numRuns: 200 },
  )
})

test('whatever random bytes decode to is written back as the same bytes, keys apart', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (random) => {
      let decoded: unknown
      try {
        decoded = read(random)
      } catch {
        return
      }
      // Maps may come in any order of keys; everything else has one form.
      if (!JSON.stringify(decoded)?.includes('{')) assert.deepEqual(toCbor(decoded), random)
      else assert.equal(toCbor(decoded).length, random.length)
    }),
    { numRuns: 2000 },
  )
})
