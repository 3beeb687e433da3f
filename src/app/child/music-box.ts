import { toPcm16 } from '../../client/sound/pcm.ts'
import { writeWav } from '../../client/sound/wav.ts'
import { notesOf, secondsOf, type Note, type Tune } from './tunes.ts'

/** A music box, made of arithmetic: each note is a few tones that die away, the high ones first. */

export const RATE = 16_000
/** The loudest sample: a lullaby is softer than a voice. */
const PEAK = 0.45
const RING_S = 2.6
const ATTACK_S = 0.006
const FADE_S = 60

/** A comb's tooth does not ring in whole multiples; these give it its glassy beginning. */
const PARTIALS = [
  { times: 1, level: 1, halfLife: 0.5 },
  { times: 2, level: 0.28, halfLife: 0.3 },
  { times: 3.01, level: 0.1, halfLife: 0.14 },
  { times: 5.42, level: 0.05, halfLife: 0.05 },
] as const

/**
 * One turn of a tune, -1..1 at {@link RATE}. It is a circle: what still rings at the end rings on at
 * the beginning, so that the next turn joins without a seam.
 */
export function renderTune(tune: Tune): Float32Array {
  const turn = new Float32Array(Math.round(secondsOf(tune) * RATE))
  for (const note of notesOf(tune.melody)) strike(turn, note, tune.beat, 1)
  for (const note of notesOf(tune.bass)) strike(turn, note, tune.beat, 0.5)
  const loudest = turn.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9)
  return turn.map((sample) => (sample * PEAK) / loudest)
}

function strike(turn: Float32Array, { hertz, at }: Note, beat: number, level: number): void {
  if (hertz === undefined) return
  const start = Math.round(at * beat * RATE)
  for (const partial of PARTIALS) {
    const tone = hertz * partial.times
    if (tone > RATE / 2.2) continue
    ring(turn, start, { ...partial, tone, level: level * partial.level })
  }
}

type Ringing = { readonly tone: number; readonly level: number; readonly halfLife: number }

/** A dying tone by its recurrence: two multiplications a sample, however old the phone. */
function ring(turn: Float32Array, start: number, { tone, level, halfLife }: Ringing): void {
  const decay = 0.5 ** (1 / (halfLife * RATE))
  const angle = (2 * Math.PI * tone) / RATE
  const [first, second] = [2 * decay * Math.cos(angle), decay * decay]
  const attack = ATTACK_S * RATE
  let before = 0
  let now = level * decay * Math.sin(angle)
  for (let n = 0; n < RING_S * RATE; n++) {
    const at = (start + n) % turn.length
    turn[at] = (turn[at] ?? 0) + before * Math.min(1, n / attack)
    ;[before, now] = [now, first * now - second * before]
  }
}

/** A WAV file in pieces, which need not be in memory all at once: most are the same one. */
export type Pieces = readonly Uint8Array<ArrayBuffer>[]

/**
 * A lullaby of so many minutes, as the pieces of one file: the tune over and over, and softer during
 * the last minute until it is silent. The end lies in the sound itself: it comes whether or not the
 * phone sleeps, and needs no clock.
 */
export function lullaby(turn: Float32Array, minutes: number): Pieces {
  const length = Math.round(minutes * 60 * RATE)
  const fade = Math.min(length, FADE_S * RATE)
  const steady = bytesOf(toPcm16(turn))
  const whole = Math.floor((length - fade) / turn.length)
  const rest = (length - fade) % turn.length
  return [
    header(length),
    ...Array.from({ length: whole }, () => steady),
    steady.subarray(0, 2 * rest),
    bytesOf(toPcm16(fading(turn, rest, fade))),
  ]
}

/** The tune from `from` on, `length` samples long, from full to nothing along half a cosine. */
function fading(turn: Float32Array, from: number, length: number): Float32Array {
  return Float32Array.from({ length }, (_, n) => {
    const gain = (1 + Math.cos((Math.PI * (n + 1)) / length)) / 2
    return (turn[(from + n) % turn.length] ?? 0) * gain
  })
}

/** The head of a WAV file with so many samples to come. */
function header(samples: number): Uint8Array<ArrayBuffer> {
  const head = writeWav(new Int16Array(0), RATE)
  const view = new DataView(head.buffer)
  view.setUint32(4, head.length - 8 + 2 * samples, true)
  view.setUint32(40, 2 * samples, true)
  return head
}

/** 16-bit samples as a file has them: the lower byte first, whatever this machine does. */
function bytesOf(samples: Int16Array): Uint8Array<ArrayBuffer> {
  return writeWav(samples, RATE).subarray(44)
}
