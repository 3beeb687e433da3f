import { oggOfWebm } from '../../client/sound/webm.ts'
import { PawpostError } from '../../protocol/errors.ts'

/** The way of browsers without WebCodecs: only their own Opus will do, as nothing is encoded anew. */
const OGG = 'audio/ogg;codecs=opus'
const WEBM = 'audio/webm;codecs=opus'
/** Left alone, browsers record voices at 129 kbit/s. */
const BIT_RATE = 16_000

export function canRecordOpus(): boolean {
  return opusType() !== undefined
}

function opusType(): string | undefined {
  if (!('MediaRecorder' in globalThis)) return undefined
  return [OGG, WEBM].find((type) => MediaRecorder.isTypeSupported(type))
}

export type OpusRecorder = {
  pause(): void
  resume(): void
  /** Opus in Ogg. */
  stop(): Promise<Uint8Array<ArrayBuffer>>
}

/** Throws `microphone-missing` where {@link canRecordOpus} is false. */
export function recordOpus(stream: MediaStream): OpusRecorder {
  const mimeType = opusType()
  if (mimeType === undefined) throw new PawpostError('microphone-missing', 'no-encoder')
  const options = { mimeType, audioBitsPerSecond: BIT_RATE }
  const recorder = new MediaRecorder(stream, options)
  const parts: Blob[] = []
  const ended = new Promise<void>((resolve, reject) => {
    const fail = (): void => reject(new PawpostError('microphone-missing', 'recorder'))
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
    recorder.addEventListener('stop', () => resolve())
    recorder.addEventListener('error', fail)
  })
  recorder.start()
  return {
    pause: () => recorder.state === 'recording' && recorder.pause(),
    resume: () => recorder.state === 'paused' && recorder.resume(),
    async stop() {
      if (recorder.state !== 'inactive') recorder.stop()
      await ended
      const file = new Uint8Array(await new Blob(parts).arrayBuffer())
      return mimeType === WEBM ? oggOfWebm(file) : file
    },
  }
}
