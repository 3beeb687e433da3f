import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWav } from '../../client/sound/wav.ts'
import { concatBytes } from '../../protocol/bytes.ts'
import { lullaby, RATE, renderTune } from './music-box.ts'
import { notesOf, secondsOf, TUNES } from './tunes.ts'

const loudest = (samples: Float32Array): number =>
  samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)

for (const tune of TUNES) {
  const beats = (line: string): number => notesOf(line).reduce((sum, { beats }) => sum + beats, 0)

  test(`${tune.name}: melody and bass are of one length, and fit into a toy`, () => {
    assert.equal(beats(tune.bass), beats(tune.melody))
    assert.ok(secondsOf(tune) < 39, String(secondsOf(tune)))
    assert.ok(notesOf(tune.melody).every(({ beats: long, hertz }) => long > 0 && hertz))
  })

  test(`${tune.name}: a turn has its length, is heard all along, and is never loud`, () => {
    const turn = renderTune(tune)
    assert.equal(turn.length, Math.round(secondsOf(tune) * RATE))
    assert.ok(Math.abs(loudest(turn) - 0.45) < 1e-3, String(loudest(turn)))
    for (let at = 0; at + RATE * 2 < turn.length; at += RATE * 2) {
      assert.ok(loudest(turn.subarray(at, at + RATE * 2)) > 0.02, `second ${at / RATE}`)
    }
  })

  test(`${tune.name}: the next turn joins without a click`, () => {
    const turn = renderTune(tune)
    const step = Math.abs((turn[0] ?? 0) - (turn.at(-1) ?? 0))
    assert.ok(step < 0.1, String(step))
  })
}

test('the middle A has 440 cycles, an octave doubles them, and a rest has none', () => {
  const [a, higher, rest] = notesOf('A4:1 A5:.5 -:2')
  assert.deepEqual(a, { hertz: 440, at: 0, beats: 1 })
  assert.deepEqual(higher, { hertz: 880, at: 1, beats: 0.5 })
  assert.deepEqual(rest, { hertz: undefined, at: 1.5, beats: 2 })
})

test('a struck note has the pitch that is written', () => {
  const turn = renderTune({ name: 'star', beat: 1, melody: 'A4:3', bass: '-:3' })
  let crossings = 0
  // The high partials have died away by then.
  for (let n = RATE; n < 2 * RATE; n++) {
    if ((turn[n - 1] ?? 0) < 0 && (turn[n] ?? 0) >= 0) crossings++
  }
  assert.ok(Math.abs(crossings - 440) <= 2, String(crossings))
})

for (const minutes of [5, 10, 15]) {
  test(`${minutes} minutes last ${minutes} minutes and end in silence`, () => {
    const [tune] = TUNES
    assert.ok(tune)
    const { samples, rate } = readWav(concatBytes(...lullaby(renderTune(tune), minutes)))
    assert.equal(samples.length / rate, minutes * 60)
    assert.ok(loudest(samples) <= 0.451)
    const last = (seconds: number): Float32Array => samples.subarray(-seconds * rate)
    assert.equal(samples.at(-1), 0)
    assert.ok(loudest(last(1)) < 0.002, String(loudest(last(1))))
    const minuteBefore = samples.subarray(-120 * rate, -60 * rate)
    assert.ok(loudest(last(60).subarray(-20 * rate)) < loudest(minuteBefore) / 3)
  })
}

test('most of a long one is the same piece of memory', () => {
  const [tune] = TUNES
  assert.ok(tune)
  const pieces = lullaby(renderTune(tune), 15)
  const own = new Set(pieces.map(({ buffer }) => buffer))
  assert.ok(pieces.length > 15 && own.size === 3, `${pieces.length} pieces, ${own.size} buffers`)
})
