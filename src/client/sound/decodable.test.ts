import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ascii, concatBytes } from '../../protocol/bytes.ts'
import { decodable } from './decodable.ts'
import { writeOggOpus } from './ogg.ts'
import { writeWav } from './wav.ts'

/** An Opus packet of one byte: 60 ms of nothing (RFC 6716 section 3.1: SILK, narrowband). */
const SILENCE = Uint8Array.of(3 << 3)
const SAMPLES = 2880

function silence(packets: number): Uint8Array {
  const all = Array.from({ length: packets }, () => SILENCE)
  return writeOggOpus({ packets: all, preSkip: 312, granule: packets * SAMPLES })
}

test('what the app records is decoded as it is', () => {
  for (const packets of [1, 100, 5000]) {
    assert.deepEqual(decodable(silence(packets)), silence(packets))
  }
})

test('hours in a message are not decoded', () => {
  const hours = silence(100_000)
  assert.ok(hours.length < 250 * 1024, 'it fits a message')
  assert.throws(() => decodable(hours), { code: 'sound-too-long' })
  assert.doesNotThrow(() => decodable(silence(5500)))
  assert.throws(() => decodable(silence(5501)), { code: 'sound-too-long' })
})

test('what follows a recording in its file is not decoded with it', () => {
  assert.deepEqual(decodable(concatBytes(silence(10), silence(100_000))), silence(10))
  assert.deepEqual(decodable(concatBytes(silence(10), ascii('fLaC'))), silence(10))
})

test('a file of another kind is not decoded', () => {
  for (const text of [
    '',
    'fLaC\0\0\0\u0022',
    'ID3\u0004',
    '\u001aE\u00df\u00a3',
    '\0\0\0\u0020ftypM4A ',
  ]) {
    assert.throws(() => decodable(Buffer.from(text, 'latin1')), { code: 'sound-unreadable' })
  }
})

test('a WAV file, which is as long as it is large, is decoded', () => {
  const wav = writeWav(new Int16Array(100), 16_000)
  assert.deepEqual(decodable(wav), wav)
})
