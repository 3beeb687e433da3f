import { PawpostError } from '../../protocol/errors.ts'
import { startCapture, type Capture, type CaptureEvents } from './capture.ts'
import { recordOpus, canRecordOpus } from './media-recorder.ts'
import { resampled } from './decode.ts'
import { RATE } from './microphone.ts'
import { canEncode, encodeOpus } from './opus.ts'
import { levelled } from './samples.ts'

/** A finished recording as it is sent, and its samples for a picture of it. */
export type Take = {
  readonly sound: Uint8Array<ArrayBuffer>
  readonly durationMs: number
}

/** Shorter ones are slips of the finger. */
const SHORTEST_MS = 300

/** A recording under way. */
export type Recording = {
  /** Until `resume` nothing is heard; what comes then joins what was said before. */
  pause(): void
  resume(): void
  /** Ends it. Nothing comes when it was shorter than 0.3 seconds. */
  stop(): Promise<Take | undefined>
  cancel(): void
}

/**
 * Starts recording, at most `limitMs` of which are kept. Throws `microphone-refused` or
 * `microphone-missing`, the latter also when this browser can make no Opus of it.
 */
export async function startRecording(limitMs: number, events: CaptureEvents): Promise<Recording> {
  const encodes = await canEncode()
  if (!encodes && !canRecordOpus()) throw new PawpostError('microphone-missing', 'no-encoder')
  // What nobody could encode after an interruption is not kept for it.
  const onSlice = encodes ? events.onSlice : undefined
  const capture = await startCapture(limitMs, { ...events, onSlice })
  return encodes ? encodedAfterwards(capture, limitMs) : encodedMeanwhile(capture, limitMs)
}

function encodedAfterwards(capture: Capture, limitMs: number): Recording {
  return {
    pause: () => capture.pause(),
    resume: () => capture.resume(),
    async stop() {
      const samples = (await capture.stop()).subarray(0, (limitMs * RATE) / 1000)
      return encoded(samples)
    },
    cancel: () => capture.cancel(),
  }
}

/** A recording out of slices of it; nothing where it was too short, or nothing encodes here. */
export async function takeOf(samples: Int16Array, rate: number): Promise<Take | undefined> {
  if (samples.length === 0 || !(await canEncode())) return undefined
  return encoded(await resampled(samples, rate, RATE))
}

async function encoded(samples: Float32Array): Promise<Take | undefined> {
  const durationMs = Math.round((samples.length * 1000) / RATE)
  if (durationMs < SHORTEST_MS) return undefined
  return { sound: await encodeOpus(levelled(samples)), durationMs }
}

/** What the recorder encoded is sent as it is; the samples only say how long it was. */
function encodedMeanwhile(capture: Capture, limitMs: number): Recording {
  const recorder = recordOpus(capture.stream)
  return {
    pause() {
      recorder.pause()
      capture.pause()
    },
    resume() {
      capture.resume()
      recorder.resume()
    },
    async stop() {
      const sound = await recorder.stop()
      const recorded = capture.recordedMs()
      capture.cancel()
      if (recorded < SHORTEST_MS) return undefined
      return { sound, durationMs: Math.round(Math.min(limitMs, recorded)) }
    },
    cancel: () => capture.cancel(),
  }
}
