/// <reference types="../../cli/client/opus-wasm.d.ts" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Decoder, Encoder } from '@evan/opus/wasm/index.mjs'
import * as fc from 'fast-check'
import { GRANULE_RATE, oggDuration, readOggOpus, writeOggOpus } from './ogg.ts'
import { joinOgg, PART_MS, splitOgg } from './parts.ts'

const RATE = 16_000
const FRAME = 320
const SCALE = GRANULE_RATE / RATE
const PRE_SKIP = 312

/** Something like a voice: a tone that wanders, louder and softer. */
function voice(seconds: number): Int16Array {
  return Int16Array.from({ length: Math.round(seconds * RATE) }, (_, n) => {
    const time = n / RATE
    const loudness = 6000 * (1 + Math.sin(2 * Math.PI * 1.7 * time))
    return loudness * Math.sin(2 * Math.PI * (180 * time + 8 * Math.sin(3 * time)))
  })
}

function encoded(samples: Int16Array): Uint8Array {
  const encoder = new Encoder({ channels: 1, sample_rate: RATE, application: 'voip' })
  encoder.ctl(4002, 16_000)
  encoder.ctl(4006, 0)
  const frames = Math.ceil((samples.length * SCALE + PRE_SKIP) / (FRAME * SCALE))
  const padded = new Int16Array(frames * FRAME)
  padded.set(samples)
  const packets = Array.from({ length: frames }, (_, index) => {
    const frame = padded.slice(index * FRAME, (index + 1) * FRAME)
    return Uint8Array.from(encoder.encode(new Uint8Array(frame.buffer)))
  })
  encoder.drop()
  const granule = PRE_SKIP + samples.length * SCALE
  return writeOggOpus({ packets, preSkip: PRE_SKIP, granule })
}

/** As a player does it: a fresh decoder, pre-skip dropped, cut at the end; at 48 kHz. */
function decoded(sound: Uint8Array): Int16Array {
  const { packets, preSkip, granule } = readOggOpus(sound)
  const decoder = new Decoder({ channels: 1, sample_rate: 48_000 })
  const pieces = packets.map((packet) => Uint8Array.from(decoder.decode(packet)))
  decoder.drop()
  const bytes = Uint8Array.from(Buffer.concat(pieces))
  return new Int16Array(bytes.buffer).slice(preSkip, granule)
}

function joined(pieces: readonly Int16Array[]): Int16Array {
  return Int16Array.from(pieces.flatMap((piece) => [...piece]))
}

test('what fits is one part', () => {
  const sound = encoded(voice(3))
  const [part, ...more] = splitOgg(sound)
  assert.equal(more.length, 0)
  assert.equal(part?.durationMs, 3000)
  assert.deepEqual(part?.sound, sound)
})

test('five minutes are three parts, none too large for a message, and join to the same file', () => {
  const packets = Array.from({ length: 15_001 }, (_, index) => {
    return new Uint8Array(40).fill(index % 251).fill(9 << 3, 0, 1)
  })
  const granule = PRE_SKIP + 300 * GRANULE_RATE
  const sound = writeOggOpus({ packets, preSkip: PRE_SKIP, granule })
  const parts = splitOgg(sound)
  assert.equal(parts.length, 3)
  assert.equal(
    parts.reduce((sum, { durationMs }) => sum + durationMs, 0),
    300_000,
  )
  for (const { sound, durationMs } of parts) {
    assert.ok(durationMs <= PART_MS, `${durationMs} ms`)
    assert.ok(sound.length <= 251 * 1024, `${sound.length} bytes`)
    assert.ok(Math.abs(oggDuration(readOggOpus(sound)) - durationMs) <= 1)
  }
  assert.deepEqual(joinOgg(parts.map((part) => part.sound)), sound)
})

test('one after the other the parts are the recording, to the sample and to the ear', () => {
  const sound = encoded(voice(10))
  const whole = decoded(sound)
  const played = joined(splitOgg(sound, 3000).map((part) => decoded(part.sound)))
  assert.equal(played.length, whole.length)
  // After some pre-roll a decoder is nearly where the uninterrupted one is.
  const power = whole.reduce((sum, sample) => sum + sample ** 2, 0)
  const noise = whole.reduce((sum, sample, n) => sum + (sample - (played[n] ?? 0)) ** 2, 0)
  assert.ok(noise < power / 1000, `${(10 * Math.log10(noise / power)).toFixed(1)} dB`)
})

test('control: without the pre-roll the seams are heard', () => {
  const sound = encoded(voice(10))
  const whole = decoded(sound)
  const parts = splitOgg(sound, 3000).map((part, index) => bare(part.sound, index))
  const played = joined(parts.map(decoded))
  const seams = [3, 6, 9].map((second) => difference(whole, played, second * 48_000))
  const kept = joined(splitOgg(sound, 3000).map((part) => decoded(part.sound)))
  const good = [3, 6, 9].map((second) => difference(whole, kept, second * 48_000))
  assert.ok(Math.max(...seams) > 10 * Math.max(...good), `${String(seams)} ${String(good)}`)
})

/** The part without what comes before its first sample. */
function bare(sound: Uint8Array, index: number): Uint8Array {
  const { packets, preSkip, granule } = readOggOpus(sound)
  if (index === 0) return sound
  const rest = packets.slice(preSkip / 960)
  return writeOggOpus({ packets: rest, preSkip: 0, granule: granule - preSkip })
}

/** Power of the difference in the 100 ms after `at`. */
function difference(a: Int16Array, b: Int16Array, at: number): number {
  let sum = 1
  for (let n = at; n < at + 4800; n++) sum += ((a[n] ?? 0) - (b[n] ?? 0)) ** 2
  return sum
}

test('whatever the length and the parts, lengths add up within a frame and joining inverts', () => {
  const packet = Uint8Array.of(9 << 3, 7, 7)
  const cases = fc.record({
    frames: fc.integer({ min: 2, max: 400 }),
    cut: fc.integer({ min: 0, max: 940 }),
    longest: fc.integer({ min: 100, max: 3000 }),
  })
  fc.assert(
    fc.property(cases, ({ frames, cut, longest }) => {
      const packets = Array.from({ length: frames }, () => packet)
      const granule = frames * 960 - cut
      const sound = writeOggOpus({ packets, preSkip: PRE_SKIP, granule })
      const parts = splitOgg(sound, longest)
      const sum = parts.reduce((total, { durationMs }) => total + durationMs, 0)
      assert.ok(Math.abs(sum - oggDuration({ packets, preSkip: PRE_SKIP, granule })) <= 20)
      assert.ok(parts.every(({ durationMs }) => durationMs <= longest + 1))
      assert.deepEqual(joinOgg(parts.map((part) => part.sound)), sound)
    }),
    { numRuns: 100 },
  )
})

test('what are no parts of one recording is not joined', () => {
  const [first, second] = splitOgg(encoded(voice(5)), 3000)
  assert.ok(first && second)
  const refused = { code: 'sound-unreadable', reason: 'parts' }
  assert.throws(() => joinOgg([second.sound, first.sound]), refused)
  assert.throws(() => joinOgg([first.sound, first.sound]), refused)
  assert.throws(() => joinOgg([]), { code: 'sound-empty' })
})
