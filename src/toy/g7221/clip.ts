import { PawpostError } from '../../protocol/errors.ts'
import { createFile, frameOf, readHeader } from './container.ts'
import { createDecoder, decodeFrame } from './decoder.ts'
import { createEncoder, encodeBlock } from './encoder.ts'
import { BLOCK, MAX_FRAMES } from './format.ts'

/**
 * The door of the codec: whole clips for the original toy. Samples are 16-bit integers, mono,
 * 16,000 per second (`client/sound/pcm.ts` converts from and to -1..1). Sound above 7 kHz is not
 * sent. Decoded peaks can exceed those that went in and are clamped: leave 1-3 dB of headroom.
 */

/** Samples of the longest clip: 39.98 s. */
export const MAX_SAMPLES = (MAX_FRAMES - 1) * BLOCK

/**
 * Encodes a clip to a whole AU file of 2,000 bytes per second. Throws `sound-too-long` beyond what
 * a slot of the toy holds ({@link MAX_SAMPLES}).
 */
export function encodeClip(samples: Int16Array): Uint8Array<ArrayBuffer> {
  if (samples.length > MAX_SAMPLES) throw new PawpostError('sound-too-long')
  // One block more than there is sound: it flushes the last one out of the overlap.
  const frames = Math.ceil(samples.length / BLOCK) + 1
  const file = createFile(frames)
  const encoder = createEncoder()
  const block = new Int16Array(BLOCK)
  for (let f = 0; f < frames; f++) {
    const present = samples.subarray(f * BLOCK, (f + 1) * BLOCK)
    block.fill(0, present.length)
    block.set(present)
    encodeBlock(encoder, block, frameOf(file, f))
  }
  return file
}

/**
 * Decodes an AU file. The codec's delay of 320 samples is dropped, so the result lines up with what
 * was encoded; it ends with up to 319 samples of padding. Throws `sound-unreadable` when the header
 * is not that of such a file; damaged frames are concealed.
 */
export function decodeClip(file: Uint8Array): Int16Array<ArrayBuffer> {
  const { frames } = readHeader(file)
  const decoder = createDecoder()
  const block = new Float64Array(BLOCK)
  const samples = new Int16Array(Math.max(0, frames - 1) * BLOCK)
  for (let f = 0; f < frames; f++) {
    decodeFrame(decoder, frameOf(file, f), block)
    if (f > 0) place(block, samples, (f - 1) * BLOCK)
  }
  return samples
}

/** Rounds and clamps one block into its place. */
function place(block: Float64Array, samples: Int16Array, start: number): void {
  for (let i = 0; i < BLOCK; i++) {
    samples[start + i] = Math.max(-32_768, Math.min(32_767, Math.round(block[i] ?? 0)))
  }
}
