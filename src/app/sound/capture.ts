import { resampled } from './decode.ts'
import { loudness } from './samples.ts'
import { RATE } from './microphone.ts'
import { createTape, type Tape } from './tape.ts'
import { canReadTrack, readTrack } from './track.ts'
import { readWorklet } from './worklet.ts'

/** So much is lost at most when the window closes in the middle. */
const SLICE_MS = 3_000

/** As often as an eye follows; pieces may come a hundred times a second. */
const LEVELS_PER_SECOND = 16

export type CaptureEvents = {
  /** At most 16 times a second: how loud it is (0..1), and the milliseconds so far. */
  readonly onLevel: (level: number, elapsedMs: number) => void
  /** The microphone was unplugged or taken away; what was recorded can still be had by `stop`. */
  readonly onEnded: () => void
  /** Something else, a call perhaps, has the microphone for now. */
  readonly onMuted?: () => void
  /** Every three seconds, and at a pause: what came since the last time. */
  readonly onSlice?: ((slice: Slice) => void) | undefined
}

/** A part of a recording, 16 bits a sample, and how many samples make a second. */
export type Slice = { readonly samples: Int16Array<ArrayBuffer>; readonly rate: number }

/** A recording under way. The microphone is on until `stop` or `cancel`. */
export type Capture = {
  /** The microphone itself, for browsers that can only encode what they record themselves. */
  readonly stream: MediaStream
  recordedMs(): number
  /** What is said from now until `resume` is not heard, and leaves no gap. */
  pause(): void
  resume(): void
  /** Ends it and gives what was recorded: -1..1, mono, 16,000 per second. */
  stop(): Promise<Float32Array>
  cancel(): void
}

/**
 * Starts recording, at most `limitMs`. Throws `microphone-refused` or `microphone-missing`. Not a
 * word is lost between the microphone's light and the first sample, and none later where the browser
 * hands out the track.
 */
export async function startCapture(limitMs: number, events: CaptureEvents): Promise<Capture> {
  const tape = createTape(limitMs, RATE)
  let paused = false
  const tell = levelTeller(tape, events)
  const slice = slicer(tape, events)
  const read = canReadTrack() ? readTrack : readWorklet
  const { stream, end } = await read((piece, rate) => {
    if (paused) return
    tape.append(piece, rate)
    tell(piece, rate)
    slice(SLICE_MS)
  })
  watchTracks(stream, events)
  const hear = (hears: boolean): void => {
    paused = !hears
    tape.cut()
    slice(1)
    for (const track of stream.getTracks()) track.enabled = hears
  }
  return {
    stream,
    recordedMs: () => tape.lengthMs(),
    pause: () => hear(false),
    resume: () => hear(true),
    stop() {
      end()
      const { samples, rate } = tape.read()
      return resampled(samples, rate, RATE)
    },
    cancel: end,
  }
}

function levelTeller(tape: Tape, { onLevel }: CaptureEvents) {
  let waited = 0
  return (piece: Float32Array, rate: number): void => {
    waited += piece.length
    if (waited < rate / LEVELS_PER_SECOND) return
    waited = 0
    onLevel(loudness(piece), tape.lengthMs())
  }
}

/** Hands on what has come, when that is so many milliseconds at least. */
function slicer(tape: Tape, { onSlice }: CaptureEvents) {
  let slicedMs = 0
  return (leastMs: number): void => {
    if (!onSlice || tape.lengthMs() - slicedMs < leastMs) return
    slicedMs = tape.lengthMs()
    onSlice(tape.next())
  }
}

function watchTracks(stream: MediaStream, { onEnded, onMuted }: CaptureEvents): void {
  for (const track of stream.getTracks()) {
    track.addEventListener('ended', onEnded)
    if (onMuted) track.addEventListener('mute', onMuted)
  }
}
