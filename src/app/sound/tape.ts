import { toPcm16 } from '../../client/sound/pcm.ts'

/** What a microphone said, piece by piece, with pauses left out: one recording without a click. */
export type Tape = {
  append(piece: Float32Array, rate: number): void
  /** The next piece does not follow the last one in time. */
  cut(): void
  /** Milliseconds on it. */
  lengthMs(): number
  /** What came since this was last asked for. */
  next(): { readonly samples: Int16Array<ArrayBuffer>; readonly rate: number }
  /** Everything on it, and how many samples make a second. */
  read(): { readonly samples: Int16Array<ArrayBuffer>; readonly rate: number }
}

/** Long enough to hide a seam, too short to be heard. */
const FADE_MS = 5

/**
 * A tape that takes `limitMs` and no more, however long one speaks, at 16 bits a sample: five
 * minutes of the fastest microphone (48 kHz) are 29 MB.
 */
export function createTape(limitMs: number, usualRate: number): Tape {
  const pieces: Int16Array[] = []
  let rate = usualRate
  let length = 0
  let isCut = false
  let taken = 0
  return {
    append(piece, sampleRate) {
      rate = sampleRate
      const room = Math.max(0, Math.ceil((limitMs * rate) / 1000) - length)
      const kept = piece.slice(0, room)
      if (isCut) fadeIn(kept, rate)
      isCut = false
      length += kept.length
      if (kept.length > 0) pieces.push(toPcm16(kept))
    },
    cut() {
      const last = pieces.at(-1)
      if (last && !isCut) fadeOut(last, rate)
      isCut = true
    },
    lengthMs: () => (length * 1000) / rate,
    next() {
      const fresh = pieces.slice(taken)
      taken = pieces.length
      return { samples: joined(fresh, lengthOf(fresh)), rate }
    },
    read: () => ({ samples: joined(pieces, length), rate }),
  }
}

function fadeIn(samples: Float32Array | Int16Array, rate: number): void {
  const count = Math.min(samples.length, (FADE_MS * rate) / 1000)
  for (let n = 0; n < count; n++) samples[n] = ((samples[n] ?? 0) * n) / count
}

function fadeOut(samples: Int16Array, rate: number): void {
  fadeIn(samples.reverse(), rate)
  samples.reverse()
}

function lengthOf(pieces: readonly Int16Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0)
}

function joined(pieces: readonly Int16Array[], length: number): Int16Array<ArrayBuffer> {
  const whole = new Int16Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
