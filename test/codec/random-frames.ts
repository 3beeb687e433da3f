import { createDecoder, decodeFrame } from '../../src/toy/g7221/decoder.ts'
import { seeded } from './material.ts'

/** What became of frames of random bytes. */
export type RandomFrames = { frames: number; accepted: number; finite: boolean }

/** Decodes `frames` frames of random bytes as one clip (row D6 of the conformance table). */
export function decodeRandomFrames(frames: number, seed: number): RandomFrames {
  const random = seeded(seed)
  const decoder = createDecoder()
  const bytes = new Uint8Array(40)
  const samples = new Float64Array(320)
  const result = { frames, accepted: 0, finite: true }
  for (let f = 0; f < frames; f++) {
    for (let i = 0; i < bytes.length; i++) bytes[i] = Math.floor(256 * random())
    decodeFrame(decoder, bytes, samples)
    if (!decoder.frame.damaged) result.accepted++
    result.finite &&= samples.every(Number.isFinite)
  }
  return result
}
