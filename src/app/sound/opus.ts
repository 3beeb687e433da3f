import { GRANULE_RATE, writeOggOpus } from '../../client/sound/ogg.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { RATE } from './microphone.ts'

/** 16 kbit/s at a constant rate: the size of a message says how long it is, never what was said. */
const BIT_RATE = 16_000
const FRAME_MS = 20
const FRAME = (RATE * FRAME_MS) / 1000
const TO_GRANULE = GRANULE_RATE / RATE
/** What libopus looks ahead at 48 kHz, where the browser does not say (RFC 7845 section 4.2). */
const USUAL_PRE_SKIP = 312

/** Frames that may wait for the encoder: ten seconds of sound, not five minutes. */
const MOST_WAITING = 500

const CONFIG = {
  codec: 'opus',
  sampleRate: RATE,
  numberOfChannels: 1,
  bitrate: BIT_RATE,
  bitrateMode: 'constant',
  opus: { application: 'voip', signal: 'voice', frameDuration: FRAME_MS * 1000 },
} as const

/** Whether this browser encodes Opus from samples. */
export async function canEncode(): Promise<boolean> {
  if (!('AudioEncoder' in globalThis)) return false
  const { supported } = await AudioEncoder.isConfigSupported(CONFIG)
  return supported ?? false
}

/** Encodes samples (-1..1, mono, 16,000 per second) to Opus in Ogg. Throws `sound-empty`. */
export async function encodeOpus(samples: Float32Array): Promise<Uint8Array<ArrayBuffer>> {
  if (samples.length === 0) throw new PawpostError('sound-empty')
  const packets: Uint8Array[] = []
  const failure = Promise.withResolvers<never>()
  let preSkip = USUAL_PRE_SKIP
  const encoder = new AudioEncoder({
    output: (chunk, metadata) => {
      preSkip = preSkipOf(metadata) ?? preSkip
      const packet = new Uint8Array(chunk.byteLength)
      chunk.copyTo(packet)
      packets.push(packet)
    },
    error: failure.reject,
  })
  encoder.configure(CONFIG)
  for (const frame of frames(samples)) {
    encoder.encode(frame)
    frame.close()
    if (encoder.encodeQueueSize > MOST_WAITING)
      await Promise.race([taken(encoder), failure.promise])
  }
  await Promise.race([encoder.flush(), failure.promise])
  encoder.close()
  const granule = preSkip + samples.length * TO_GRANULE
  return writeOggOpus({ packets, preSkip, granule })
}

function taken(encoder: AudioEncoder): Promise<void> {
  return new Promise((resolve) => {
    encoder.addEventListener('dequeue', () => resolve(), { once: true })
  })
}

/** Frames of 20 ms and one more of silence, which pushes the end out of the encoder. */
function* frames(samples: Float32Array): Generator<AudioData> {
  const count = Math.ceil(samples.length / FRAME) + 1
  for (let index = 0; index < count; index++) {
    const data = new Float32Array(FRAME)
    data.set(samples.subarray(index * FRAME, (index + 1) * FRAME))
    yield new AudioData({
      format: 'f32-planar',
      sampleRate: RATE,
      numberOfFrames: FRAME,
      numberOfChannels: 1,
      timestamp: index * FRAME_MS * 1000,
      data,
    })
  }
}

/** The pre-skip in the identification header that an encoder gives as its description. */
function preSkipOf(metadata: EncodedAudioChunkMetadata | undefined): number | undefined {
  const description = metadata?.decoderConfig?.description
  if (!description) return undefined
  const bytes = ArrayBuffer.isView(description)
    ? new DataView(description.buffer, description.byteOffset, description.byteLength)
    : new DataView(description)
  return bytes.byteLength >= 12 ? bytes.getUint16(10, true) : undefined
}
