import { PawpostError } from '../../protocol/errors.ts'

/** The way of browsers without WebCodecs: only Opus in Ogg will do, as nothing is converted. */
const TYPE = 'audio/ogg;codecs=opus'
/** Left alone, browsers record voices at 129 kbit/s. */
const BIT_RATE = 16_000

export function canRecordOgg(): boolean {
  return 'MediaRecorder' in globalThis && MediaRecorder.isTypeSupported(TYPE)
}

export type OggRecorder = {
  pause(): void
  resume(): void
  stop(): Promise<Uint8Array<ArrayBuffer>>
}

export function recordOgg(stream: MediaStream): OggRecorder {
  const options = { mimeType: TYPE, audioBitsPerSecond: BIT_RATE }
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
      return new Uint8Array(await new Blob(parts).arrayBuffer())
    },
  }
}
