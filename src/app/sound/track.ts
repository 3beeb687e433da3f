import { closeMicrophone, openMicrophone, type OnPiece, type Source } from './microphone.ts'

/** Chromium's door to the sound itself; TypeScript's declarations do not have it yet. */
declare class MediaStreamTrackProcessor {
  constructor(init: { readonly track: MediaStreamTrack; readonly maxBufferSize: number })
  readonly readable: ReadableStream<AudioData>
}

/** Pieces, usually of 10 ms, that may wait while the page is busy. */
const MOST_WAITING = 3_000

/** Whether this browser hands out what the microphone hears without playing it. */
export function canReadTrack(): boolean {
  return 'MediaStreamTrackProcessor' in globalThis
}

/**
 * Opens the microphone and reads it directly. No loudspeaker's clock is in between, as it is with
 * Web Audio: on a phone that stalls, pieces come late, and none is lost.
 * Throws `microphone-refused` or `microphone-missing`.
 */
export async function readTrack(onPiece: OnPiece): Promise<Source> {
  const stream = await openMicrophone()
  const ended = new AbortController()
  for (const track of stream.getAudioTracks().slice(0, 1)) {
    const processor = new MediaStreamTrackProcessor({ track, maxBufferSize: MOST_WAITING })
    const pieces = new WritableStream({ write: (data: AudioData) => handOn(data, onPiece) })
    // It ends by being told to, or with the track, which `capture.ts` watches.
    processor.readable.pipeTo(pieces, { signal: ended.signal }).catch(() => undefined)
  }
  const end = (): void => {
    ended.abort()
    closeMicrophone(stream)
  }
  return { stream, end }
}

function handOn(data: AudioData, onPiece: OnPiece): void {
  const piece = new Float32Array(data.numberOfFrames)
  const { sampleRate } = data
  try {
    data.copyTo(piece, { planeIndex: 0, format: 'f32-planar' })
  } finally {
    data.close()
  }
  onPiece(piece, sampleRate)
}
