import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFile, frameOf, HEADER_BYTES, readHeader } from './container.ts'

const unreadable = (reason: string): { code: string; reason: string } => ({
  code: 'sound-unreadable',
  reason,
})

test('the header is written byte by byte as specified', () => {
  const header = Buffer.from(createFile(101).subarray(0, HEADER_BYTES)).toString('hex')
  assert.equal(header, '4155803e4006010065000000e4070000000000000000000000001000ffffffff')
})

test('each field that must agree is checked, with its reason', () => {
  assert.throws(() => readHeader(new Uint8Array(31)), unreadable('header-short'))
  const fields = [
    [1, 'not-au'],
    [2, 'sample-rate'],
    [5, 'bit-rate'],
    [6, 'channels'],
    [27, 'header-length'],
  ] as const
  for (const [offset, reason] of fields) {
    const file = createFile(1)
    file.set([(file[offset] ?? 0) ^ 2], offset)
    assert.throws(() => readHeader(file), unreadable(reason))
  }
})

test('filler after the last frame and frames that are not there do not count', () => {
  const file = createFile(3)
  assert.deepEqual(readHeader(file), { frames: 3 })
  assert.deepEqual(readHeader(file.subarray(0, file.length - 1)), { frames: 2 })
  assert.deepEqual(readHeader(Buffer.concat([file, Buffer.alloc(59, 0x80)])), { frames: 3 })
  assert.equal(frameOf(file, 2).byteOffset, HEADER_BYTES + 80)
})
