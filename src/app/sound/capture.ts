import { concatSamples, loudness } from './samples.ts'
import { resample } from '../../client/sound/resample.ts'
import { PawpostError } from '../../protocol/errors.ts'
import workletUrl from './capture-worklet.ts?worker&url'
import { closeMicrophone, openMicrophone } from './microphone.ts'

/** Samples per second of everything that is recorded. */
export const RATE = 16_000

export type CaptureEvents = {
  /** About 16 times a second: how loud it is (0..1), and the milliseconds recorded so far. */
  readonly onLevel: (level: number, elapsedMs: number) => void
  /** The microphone was unplugged or taken away; what was recorded can still be had by `stop`. */
  readonly onEnded: () => void
}

/** A recording under way. The microphone is on until `stop` or `cancel`. */
export type Capture = {
  /** The microphone itself, for browsers that can only encode what they record themselves. */
  readonly stream: MediaStream
  /** Ends it and gives what was recorded: -1..1, mono, 16,000 per second. */
  stop(): Float32Array
  cancel(): void
}

/**
 * Starts recording. Throws `microphone-refused` or `microphone-missing`. Everything is made ready
 * before the microphone opens: not a word is lost between its light and the first sample.
 */
export async function startCapture(events: CaptureEvents): Promise<Capture> {
  const context = await readyContext({ sampleRate: RATE })
  const stream = await openMicrophone().catch(async (cause: unknown) => {
    await context.close()
    throw cause
  })
  try {
    return record(stream, await contextFor(stream, context), events)
  } catch (cause) {
    close(stream, context)
    throw new PawpostError('microphone-missing', 'context', { cause })
  }
}

async function readyContext(options: AudioContextOptions): Promise<AudioContext> {
  const context = new AudioContext(options)
  try {
    await context.resume()
    await context.audioWorklet.addModule(workletUrl)
    return context
  } catch (cause) {
    void context.close()
    throw new PawpostError('microphone-missing', 'worklet', { cause })
  }
}

/** Firefox wants the microphone's own rate; what it records is resampled afterwards. */
async function contextFor(stream: MediaStream, context: AudioContext): Promise<AudioContext> {
  try {
    context.createMediaStreamSource(stream)
    return context
  } catch {
    void context.close()
    return readyContext({})
  }
}

function record(stream: MediaStream, context: AudioContext, events: CaptureEvents): Capture {
  const pieces: Float32Array[] = []
  const { sampleRate } = context
  let recorded = 0
  const node = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0, channelCount: 1 })
  const take = ({ data }: MessageEvent<Float32Array>): void => {
    pieces.push(data)
    recorded += data.length
    events.onLevel(loudness(data), (recorded * 1000) / sampleRate)
  }
  node.port.addEventListener('message', take)
  node.port.start()
  context.createMediaStreamSource(stream).connect(node)
  for (const track of stream.getTracks()) track.addEventListener('ended', events.onEnded)
  const end = (): void => {
    node.port.removeEventListener('message', take)
    close(stream, context)
  }
  return {
    stream,
    stop() {
      end()
      return resample(concatSamples(pieces), sampleRate, RATE)
    },
    cancel: end,
  }
}

function close(stream: MediaStream, context: AudioContext): void {
  closeMicrophone(stream)
  if (context.state !== 'closed') void context.close()
}
