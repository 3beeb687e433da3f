import { Decoder, Encoder } from '@evan/opus/wasm/index.mjs'
import { GRANULE_RATE, readOggOpus, writeOggOpus } from '../../client/sound/ogg.ts'
import { PawpostError } from '../../protocol/errors.ts'

/** Samples per second, on both sides of the codec. */
export const RATE = 16_000
const FRAME = 320
const SCALE = GRANULE_RATE / RATE
const BITRATE = 16_000

/** Request numbers of opus_defines.h. */
const SET_BITRATE = 4002
const SET_VBR = 4006
const GET_LOOKAHEAD = 4027

/** Encodes mono samples at 16 kHz as Opus in Ogg: 16 kbit/s at constant bit rate. */
export function encodeVoice(samples: Int16Array): Uint8Array<ArrayBuffer> {
  const encoder = new Encoder({ channels: 1, sample_rate: RATE, application: 'voip' })
  try {
    encoder.ctl(SET_BITRATE, BITRATE)
    encoder.ctl(SET_VBR, 0)
    const lookahead = encoder.ctl(GET_LOOKAHEAD)
    const frames = Math.ceil((samples.length + lookahead) / FRAME)
    const padded = new Int16Array(frames * FRAME)
    padded.set(samples)
    const packets = Array.from({ length: frames }, (_, index) => {
      const frame = padded.slice(index * FRAME, (index + 1) * FRAME)
      return Uint8Array.from(encoder.encode(new Uint8Array(frame.buffer)))
    })
    const preSkip = lookahead * SCALE
    return writeOggOpus({ packets, preSkip, granule: preSkip + samples.length * SCALE })
  } finally {
    encoder.drop()
  }
}

/** Decodes Opus in Ogg to mono samples at 16 kHz. Throws `sound-unreadable`. */
export function decodeVoice(file: Uint8Array): Int16Array<ArrayBuffer> {
  const { packets, preSkip, granule } = readOggOpus(file)
  const decoder = new Decoder({ channels: 1, sample_rate: RATE })
  try {
    const pieces = packets.map((packet) => decoder.decode(packet))
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
    const whole = new Int16Array(length / 2)
    let at = 0
    for (const piece of pieces) {
      whole.set(new Int16Array(Uint8Array.from(piece).buffer), at)
      at += piece.length / 2
    }
    return whole.slice(preSkip / SCALE, Math.round(granule / SCALE))
  } catch (cause) {
    throw new PawpostError('sound-unreadable', 'opus', { cause })
  } finally {
    decoder.drop()
  }
}
