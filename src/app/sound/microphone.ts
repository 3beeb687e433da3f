import { PawpostError } from '../../protocol/errors.ts'

/** Samples per second of everything that is recorded. */
export const RATE = 16_000

/** Takes the next samples (-1..1, mono) and how many of them make a second. */
export type OnPiece = (piece: Float32Array, rate: number) => void

/** An open microphone whose samples are handed on until `end`, which closes it. */
export type Source = {
  readonly stream: MediaStream
  readonly end: () => void
}

/**
 * Asks for the microphone: one channel, as it sounds. What browsers do to calls (noise and echo
 * removed, the level ridden up and down) takes parts of voices away that nobody gets back; loudness
 * is brought to where it belongs afterwards, by one factor for the whole recording.
 * Throws `microphone-refused` or `microphone-missing`.
 */
export async function openMicrophone(): Promise<MediaStream> {
  // Without TLS (and not on this machine itself) browsers have no microphone at all.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (!devices) throw new PawpostError('microphone-missing', 'no-devices')
  const audio = {
    channelCount: 1,
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
  }
  try {
    return await devices.getUserMedia({ audio })
  } catch (cause) {
    const name = cause instanceof DOMException ? cause.name : undefined
    const refused = name === 'NotAllowedError' || name === 'SecurityError'
    throw new PawpostError(refused ? 'microphone-refused' : 'microphone-missing', name, { cause })
  }
}

export function closeMicrophone(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}
