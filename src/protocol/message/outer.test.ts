import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ascii, concatBytes } from '../bytes.ts'
import { deviceId, householdId, messageId, principalId } from '../ids.ts'
import {
  BUCKETS,
  CIPHERTEXT_BYTES,
  FRAME_BYTES,
  readFrame,
  readOuter,
  stanzaTypes,
  writeFrame,
  writeOuter,
} from './outer.ts'

const ciphertext = concatBytes(ascii('age-encryption.org/v1\n'), new Uint8Array(4200))
const fields = {
  hid: householdId.from(new Uint8Array(16)),
  mid: messageId.from(new Uint8Array(16)),
  by: deviceId.from(new Uint8Array(16)),
  to: [{ pid: principalId.from(new Uint8Array(16)), epoch: 1 }],
  size: 4096,
  expiry: 'kept',
} as const
const envelope = writeOuter({ ...fields, to: [...fields.to] }, ciphertext)

function refuses(frame: Uint8Array, reason: string): void {
  assert.throws(() => readFrame(frame), { code: 'message-refused', reason })
}

test('a frame comes apart as it was put together', () => {
  const frame = readFrame(writeFrame(envelope, ciphertext))
  assert.deepEqual(frame.envelope, envelope)
  assert.deepEqual(frame.ciphertext, ciphertext)
  assert.deepEqual({ ...frame.outer, sha256: 0, v: 0 }, { ...fields, sha256: 0, v: 0 })
})

test('a frame cut anywhere is refused', () => {
  const whole = writeFrame(envelope, ciphertext)
  for (let length = 0; length <= 4 + envelope.length; length += 1) {
    assert.throws(() => readFrame(whole.slice(0, length)), { code: 'message-refused' })
  }
  refuses(whole.slice(0, -1), 'outer-mismatch')
})

test('lengths that lie are refused', () => {
  const lying = (length: number): Uint8Array => {
    const frame = writeFrame(envelope, ciphertext)
    new DataView(frame.buffer).setUint32(0, length)
    return frame
  }
  for (const length of [0, envelope.length - 1, envelope.length + 1, 4097, 2 ** 32 - 1]) {
    refuses(lying(length), 'outer-malformed')
  }
})

test('what is larger than any honest frame is refused before it is looked at', () => {
  refuses(new Uint8Array(FRAME_BYTES + 1), 'too-large')
  const large = concatBytes(ciphertext, new Uint8Array(CIPHERTEXT_BYTES + 1 - ciphertext.length))
  refuses(writeFrame(writeOuter({ ...fields, to: [...fields.to] }, large), large), 'too-large')
})

test('the largest file is accepted', () => {
  const large = concatBytes(ciphertext, new Uint8Array(CIPHERTEXT_BYTES - ciphertext.length))
  const to = Array.from({ length: 16 }, (_, at) => ({
    pid: principalId.from(new Uint8Array(16).fill(at)),
    epoch: 1,
  }))
  const written = writeOuter({ ...fields, to, size: 256 * 1024 }, large)
  assert.equal(readFrame(writeFrame(written, large)).ciphertext.length, CIPHERTEXT_BYTES)
})

test('a frame for another file is refused', () => {
  const other = ciphertext.with(-1 + ciphertext.length, 1)
  refuses(writeFrame(envelope, other), 'outer-mismatch')
  const plain = new Uint8Array(5000)
  refuses(writeFrame(writeOuter({ ...fields, to: [...fields.to] }, plain), plain), 'recipient-type')
  const small = ciphertext.slice(0, 4096)
  refuses(writeFrame(writeOuter({ ...fields, to: [...fields.to] }, small), small), 'outer-mismatch')
})

test('an envelope fits its place with all the addressees there may be', () => {
  const to = Array.from({ length: 32 }, (_, at) => ({
    pid: principalId.from(new Uint8Array(16).fill(at)),
    epoch: 1_000_000,
  }))
  const full = writeOuter({ ...fields, to, size: BUCKETS.at(-1) ?? 0 }, ciphertext)
  assert.ok(full.length <= 4096)
  assert.equal(readOuter(full).to.length, 32)
})

test('the recipient types of a header are read, and only of the header', () => {
  const file = (text: string): Uint8Array => ascii(`age-encryption.org/v1\n${text}`)
  assert.deepEqual(stanzaTypes(file('-> a b c\nbody\n-> d\n\n--- mac\n-> e\n')), ['a', 'd'])
  assert.deepEqual(stanzaTypes(file('--- mac\n-> e\n')), [])
  for (const endless of ['', '-> a b\nbody\n', '-> a', '\n\n\n']) {
    assert.throws(() => stanzaTypes(file(endless)), { reason: 'recipient-type' })
  }
  const long = concatBytes(file(''), new Uint8Array(280 * 1024).fill(65), ascii('\n--- mac\n'))
  assert.deepEqual(stanzaTypes(long), [])
})
