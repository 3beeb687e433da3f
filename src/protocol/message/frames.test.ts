import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ascii, concatBytes } from '../bytes.ts'
import { deviceId, householdId, messageId, principalId } from '../ids.ts'
import {
  CIPHERTEXT_BYTES,
  FRAME_BYTES,
  readFrame,
  stanzaTypes,
  writeFrame,
  writeOuter,
  type Outer,
} from './outer.ts'

// The edges of a stored message: its length, its parts, the header of its file.

const id = new Uint8Array(16)
const fields = {
  hid: householdId.from(id),
  mid: messageId.from(id),
  by: deviceId.from(id),
  to: [{ pid: principalId.from(id), epoch: 1 }],
  size: 4096,
  expiry: 'kept' as const,
}

function frameOf(length: number, told: Partial<Pick<Outer, 'to' | 'size'>> = {}): Uint8Array {
  const magic = ascii('age-encryption.org/v1\n')
  const ciphertext = concatBytes(magic, new Uint8Array(length - magic.length))
  return writeFrame(writeOuter({ ...fields, ...told }, ciphertext), ciphertext)
}

function addressees(count: number): Outer['to'] {
  return Array.from({ length: count }, (_, at) => ({
    pid: principalId.from(id.slice().fill(at)),
    epoch: 1,
  }))
}

function refuses(frame: Uint8Array, reason: string): void {
  assert.throws(() => readFrame(frame), { code: 'message-refused', reason })
}

test('the sizes are those of the design', () => {
  assert.equal(CIPHERTEXT_BYTES, 294_912)
  assert.equal(FRAME_BYTES, 299_012)
})

test('the largest ciphertext is read, and none larger', () => {
  const most = { to: addressees(16), size: 262_144 }
  assert.equal(readFrame(frameOf(294_912, most)).ciphertext.length, 294_912)
  refuses(frameOf(294_913, most), 'too-large')
})

test('the largest frame is looked at, and none larger', () => {
  refuses(new Uint8Array(FRAME_BYTES), 'outer-malformed')
  refuses(new Uint8Array(FRAME_BYTES + 1), 'too-large')
})

test('a ciphertext is larger than what it holds', () => {
  refuses(frameOf(4096), 'outer-mismatch')
  assert.equal(readFrame(frameOf(4097)).outer.size, 4096)
})

test('a ciphertext is no larger than its addressees make it', () => {
  for (const [count, most] of [
    [1, 7168],
    [2, 9216],
    [32, 70_656],
  ] as const) {
    const told = { to: addressees(count) }
    assert.equal(readFrame(frameOf(most, told)).ciphertext.length, most)
    refuses(frameOf(most + 1, told), 'outer-mismatch')
  }
})

test('a frame that is hardly there is malformed', () => {
  for (const length of [0, 1, 3, 4, 5, 6]) refuses(new Uint8Array(length), 'outer-malformed')
})

test('a header is read line by line, from its first letter', () => {
  assert.deepEqual(stanzaTypes(ascii('\n-> a\n--- mac\n')), ['a'])
  assert.deepEqual(stanzaTypes(ascii('?-> a b\n--- mac\n')), [])
  assert.deepEqual(stanzaTypes(ascii('?--- \n-> a b\n--- mac\n')), ['a'])
  assert.deepEqual(stanzaTypes(ascii('-> a\n->b\n-> \n---\n')), ['a', ''])
})
