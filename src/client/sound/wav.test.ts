import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromPcm16, toPcm16 } from './pcm.ts'
import { readWav, readWavAt, writeWav } from './wav.ts'

const SAMPLES = Int16Array.of(0, 1, -1, 32_767, -32_768, 12_345)

const refusal = (reason: string): { code: string; reason: string } => ({
  code: 'sound-unreadable',
  reason,
})

/** A file with other values at some places of its header. */
function changed(changes: Record<number, number>): Uint8Array {
  const file = writeWav(SAMPLES, 16_000)
  for (const [offset, value] of Object.entries(changes)) file[Number(offset)] = value
  return file
}

test('16-bit integers survive the way through -1..1', () => {
  assert.deepEqual(toPcm16(fromPcm16(SAMPLES)), SAMPLES)
  assert.deepEqual([...toPcm16(Float32Array.of(2, -2, 1))], [32_767, -32_768, 32_767])
})

test('a file reads back as it was written', () => {
  const file = writeWav(SAMPLES, 16_000)
  assert.equal(file.length, 44 + 12)
  assert.deepEqual(readWavAt(file, 16_000), SAMPLES)
  assert.equal(readWav(file).rate, 16_000)
})

test('a file inside a larger buffer reads the same', () => {
  const file = Buffer.concat([Buffer.alloc(3), writeWav(SAMPLES, 16_000)]).subarray(3)
  assert.deepEqual(readWavAt(file, 16_000), SAMPLES)
})

test('two channels are mixed down', () => {
  const file = changed({ 22: 2 })
  const { samples } = readWav(file)
  const expected = Float32Array.of(0.5, 16_383, -10_211.5)
  assert.deepEqual(
    samples.map((x) => x * 32_768),
    expected,
  )
})

test('other chunks are passed over, with their padding', () => {
  const file = Buffer.from(writeWav(SAMPLES, 16_000))
  const list = Buffer.from('LIST\u0003\0\0\0abc\0', 'latin1')
  const longer = Buffer.concat([file.subarray(0, 36), list, file.subarray(36)])
  assert.deepEqual(readWavAt(longer, 16_000), SAMPLES)
})

test('a file cut off, or of unknown length, is read as far as it goes', () => {
  const file = writeWav(SAMPLES, 16_000)
  assert.deepEqual(readWavAt(file.subarray(0, 49), 16_000), SAMPLES.subarray(0, 2))
  assert.deepEqual(readWavAt(changed({ 40: 255, 41: 255, 42: 255, 43: 255 }), 16_000), SAMPLES)
})

test('the extensible format is PCM too', () => {
  const file = Buffer.from(writeWav(SAMPLES, 16_000))
  const extension = Buffer.alloc(24)
  extension.writeUInt16LE(1, 8)
  const longer = Buffer.concat([file.subarray(0, 36), extension, file.subarray(36)])
  longer.writeUInt32LE(40, 16)
  longer.writeUInt16LE(0xfffe, 20)
  assert.deepEqual(readWavAt(longer, 16_000), SAMPLES)
})

test('everything else is refused with its reason', () => {
  assert.throws(() => readWav(new Uint8Array(0)), refusal('not-wav'))
  assert.throws(() => readWav(changed({ 0: 0 })), refusal('not-wav'))
  assert.throws(() => readWav(changed({ 12: 0 })), refusal('no-data'))
  assert.throws(() => readWav(changed({ 16: 4 })), refusal('format-short'))
  assert.throws(() => readWav(changed({ 20: 3 })), refusal('not-pcm'))
  assert.throws(() => readWav(changed({ 22: 0 })), refusal('no-channel'))
  assert.throws(() => readWav(changed({ 24: 1, 25: 0 })), refusal('rate'))
  assert.throws(() => readWav(changed({ 26: 0xff })), refusal('rate'))
  assert.throws(() => readWav(changed({ 34: 24 })), refusal('not-16-bit'))
})
