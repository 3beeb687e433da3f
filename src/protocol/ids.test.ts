import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  accountId,
  deviceId,
  householdId,
  inviteId,
  messageId,
  principalId,
  requestId,
} from './ids.ts'

const KINDS = { accountId, deviceId, householdId, inviteId, messageId, principalId, requestId }
const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 })

test('every id is printed and read back', () => {
  fc.assert(
    fc.property(sixteen, (bytes) => {
      for (const kind of Object.values(KINDS)) {
        const id = kind.from(bytes)
        assert.deepEqual(kind.bytes(id as never), bytes)
        assert.ok(kind.is(id) && kind.schema.safeParse(id).success)
      }
    }),
    { numRuns: 50 },
  )
})

test('no id is taken for one of another kind', () => {
  const bytes = new Uint8Array(16)
  for (const [name, kind] of Object.entries(KINDS)) {
    for (const [other, theirs] of Object.entries(KINDS)) {
      assert.equal(kind.is(theirs.from(bytes)), name === other, `${name} reads ${other}`)
    }
  }
})

test('one id has one spelling', () => {
  const id = messageId.from(new Uint8Array(16))
  const loose = [
    `${id.slice(0, -1)}B`,
    `${id}=`,
    `${id}A`,
    id.slice(0, -1),
    ` ${id}`,
    id.toUpperCase(),
    id.replace('A', '+'),
    id.replace('A', 'é'),
    '',
  ]
  for (const text of loose) {
    assert.ok(!messageId.is(text), text)
    assert.ok(!messageId.schema.safeParse(text).success, text)
  }
  for (const value of [null, 1, {}, [id]]) assert.ok(!messageId.schema.safeParse(value).success)
})

test('an id has sixteen bytes', () => {
  for (const length of [0, 15, 17]) {
    assert.throws(() => messageId.from(new Uint8Array(length)), RangeError)
  }
})
