import { concatSamples, loudness } from './samples.ts'
import { resampled } from './decode.ts'
import { RATE } from './microphone.ts'
import { canReadTrack, readTrack } from './track.ts'
import { readWorklet } from './worklet.ts'

/** As often as an eye follows; pieces may come a hundred times a second. */
const LEVELS_PER_SECOND = 16

export type CaptureEvents = {
  /** At most 16 times a second: how loud it is (0..1), and the milliseconds so far. */
  readonly onLevel: (level: number, elapsedMs: number) => void
  /** The microphone was unplugged or taken away; what was recorded can still be had by `stop`. */
  readonly onEnded: () => void
}

/** A recording under way. The microphone is on until `stop` or `cancel`. */
export type Capture = {
  /** The microphone itself, for browsers that can only encode what they record themselves. */
  readonly stream: MediaStream
  recordedMs(): number
  /** Ends it and gives what was recorded: -1..1, mono, 16,000 per second. */
  stop(): Promise<Float32Array>
  cancel(): void
}

/**
 * Starts recording. Throws `microphone-refused` or `microphone-missing`. Not a word is lost between
 * the microphone's light and the first sample, and none later where the browser hands out the track.
 */
export async function startCapture({ onLevel, onEnded }: CaptureEvents): Promise<Capture> {
  const pieces: Float32Array[] = []
  let recorded = 0
  let told = 0
  let rate = RATE
  const recordedMs = (): number => (recorded * 1000) / rate
  const read = canReadTrack() ? readTrack : readWorklet
  const { stream, end } = await read((piece, sampleRate) => {
    rate = sampleRate
    pieces.push(piece)
    recorded += piece.length
    if (recorded - told < rate / LEVELS_PER_SECOND) return
    told = recorded
    onLevel(loudness(piece), recordedMs())
  })
  for (const track of stream.getTracks()) track.addEventListener('ended', onEnded)
  return {
    stream,
    recordedMs,
    stop() {
      end()
      return resampled(concatSamples(pieces), rate, RATE)
    },
    cancel: end,
  }
}
