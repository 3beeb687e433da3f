import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { CHARACTERS, configBytes, formatConfig, parseConfig, readConfig } from './config.ts'

const twoDigits = fc.integer({ min: 0, max: 99 })
const config = fc.record(
  {
    character: fc.constantFrom(...CHARACTERS),
    month: twoDigits,
    day: twoDigits,
    hour: twoDigits,
    minute: twoDigits,
    second: twoDigits,
  },
  { noNullPrototype: true },
)

test('the example of the facts', () => {
  const unicorn = {
    character: 'unicorn',
    month: 11,
    day: 1,
    hour: 19,
    minute: 9,
    second: 38,
  } as const
  assert.deepEqual(parseConfig('0411_01_19_09_38'), unicorn)
  assert.equal(formatConfig(unicorn), '0411_01_19_09_38')
})

test('what is formatted can be parsed and read', () => {
  fc.assert(
    fc.property(config, (one) => {
      assert.deepEqual(parseConfig(formatConfig(one)), one)
      assert.deepEqual(readConfig(configBytes(one)), one)
    }),
  )
})

test('exactly the strings of the published pattern are configs (T-BLE4)', () => {
  const published = /^\d{4}_\d{2}_\d{2}_\d{2}_\d{2}$/
  const near = fc.stringMatching(/^[0-9a-f]{3,5}[_-][0-9]{1,3}_\d\d_\d\d_[0-9\n]{1,3}$/)
  const valid = fc.stringMatching(published)
  const damaged = fc
    .tuple(valid, fc.nat(16), fc.string({ maxLength: 2 }))
    .map(([text, at, noise]) => text.slice(0, at) + noise + text.slice(at + 1))
  fc.assert(
    fc.property(
      fc.oneof(near, valid, damaged, fc.string(), fc.constant('0411_01_19_09_38\n')),
      (text) => {
        assert.equal(parseConfig(text) !== undefined, published.test(text))
      },
    ),
    { numRuns: 5_000 },
  )
})

test('any bytes are read without a fault; an unknown character is not a known one', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 24 }), (value) => {
      const read = readConfig(value)
      assert.ok(read === undefined || value.length === 16)
    }),
  )
  assert.equal(parseConfig('0511_01_19_09_38')?.character, undefined)
  assert.equal(readConfig(new Uint8Array()), undefined)
})

test('a field without a two-digit form is refused', () => {
  const good = { character: 'bear', month: 1, day: 1, hour: 1, minute: 1, second: 1 } as const
  for (const bad of [{ month: 100 }, { day: -1 }, { hour: 1.5 }, { character: undefined }]) {
    assert.throws(() => formatConfig({ ...good, ...bad }), RangeError)
  }
})
