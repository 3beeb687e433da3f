import { PawpostError } from '../../protocol/errors.ts'
import { FRAME_BYTES, SAMPLE_RATE } from './format.ts'

/**
 * The toy's AU file (not Sun's): 32 bytes of header with little-endian integers, then the frames.
 */
export const HEADER_BYTES = 32
/** The bit rate, divided by ten. */
const RATE = 1_600
const CHANNELS = 1
const HEADER_WORDS = HEADER_BYTES / 2
const FRAME_WORDS = FRAME_BYTES / 2
const MAGIC = 0x5541

export type Header = {
  /** Frames to decode: as announced, but no more than the file holds. */
  readonly frames: number
}

/** A whole file with its header written and its frames still zero. */
export function createFile(frames: number): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(HEADER_BYTES + frames * FRAME_BYTES)
  const header = new DataView(file.buffer)
  header.setUint16(0, MAGIC, true)
  header.setUint16(2, SAMPLE_RATE, true)
  header.setUint16(4, RATE, true)
  header.setUint16(6, CHANNELS, true)
  header.setUint32(8, frames, true)
  header.setUint32(12, frames * FRAME_WORDS, true)
  header.setUint16(26, HEADER_WORDS, true)
  header.setUint32(28, 0xffffffff, true)
  return file
}

/**
 * Reads the header of a file; throws `sound-unreadable` for any other kind of file. What follows
 * the last frame is ignored: the way over Bluetooth may add filler.
 */
export function readHeader(file: Uint8Array): Header {
  if (file.length < HEADER_BYTES) throw new PawpostError('sound-unreadable', 'header-short')
  const header = new DataView(file.buffer, file.byteOffset, HEADER_BYTES)
  const expected = [
    [0, MAGIC, 'not-au'],
    [2, SAMPLE_RATE, 'sample-rate'],
    [4, RATE, 'bit-rate'],
    [6, CHANNELS, 'channels'],
    [26, HEADER_WORDS, 'header-length'],
  ] as const
  for (const [offset, value, reason] of expected) {
    if (header.getUint16(offset, true) !== value) throw new PawpostError('sound-unreadable', reason)
  }
  const held = Math.floor((file.length - HEADER_BYTES) / FRAME_BYTES)
  return { frames: Math.min(header.getUint32(8, true), held) }
}

/** The 40 bytes of one frame, in place. */
export function frameOf(file: Uint8Array, frame: number): Uint8Array {
  const start = HEADER_BYTES + frame * FRAME_BYTES
  return file.subarray(start, start + FRAME_BYTES)
}
