import { PawpostError } from '../../protocol/errors.ts'
import { toPcm16 } from './pcm.ts'
import { resample } from './resample.ts'

/** RIFF WAVE files with 16-bit PCM: what every other program reads and writes. */

/** Samples -1..1, several channels mixed down to one. */
export type Sound = { readonly rate: number; readonly samples: Float32Array }

type Format = { readonly rate: number; readonly channels: number }

const HEADER_BYTES = 44
const SLOWEST = 4_000
const FASTEST = 384_000
const PCM = 1
/** Says that the true format tag stands in the extension, 24 bytes into the chunk. */
const EXTENSIBLE = 0xfffe

/**
 * Reads a WAV file: 16-bit PCM, any number of channels, 4 to 384 kHz. A file that was cut off, or
 * written to a pipe without its final length, is read as far as it goes. Throws `sound-unreadable`,
 * with a reason, for anything else.
 */
export function readWav(file: Uint8Array): Sound {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (tagAt(view, 0) !== 'RIFF' || tagAt(view, 8) !== 'WAVE') throw unreadable('not-wav')
  let format: Format | undefined
  for (let at = 12; at + 8 <= view.byteLength;) {
    const start = at + 8
    const length = Math.min(view.getUint32(at + 4, true), view.byteLength - start)
    const chunk = new DataView(file.buffer, file.byteOffset + start, length)
    const tag = tagAt(view, at)
    if (tag === 'fmt ') format = readFormat(chunk)
    if (tag === 'data' && format) return { rate: format.rate, samples: mixDown(chunk, format) }
    // Chunks start at even places.
    at = start + length + (length % 2)
  }
  throw unreadable('no-data')
}

/** Reads a WAV file at the rate that is wanted (Hz), whatever its own is. */
export function readWavAt(file: Uint8Array, rate: number): Int16Array<ArrayBuffer> {
  const sound = readWav(file)
  return toPcm16(resample(sound.samples, sound.rate, rate))
}

/** Writes a mono file. */
export function writeWav(samples: Int16Array, rate: number): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(HEADER_BYTES + 2 * samples.length)
  const view = new DataView(file.buffer)
  putTag(file, 0, 'RIFF')
  view.setUint32(4, file.length - 8, true)
  putTag(file, 8, 'WAVE')
  putTag(file, 12, 'fmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, PCM, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, 2 * rate, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  putTag(file, 36, 'data')
  view.setUint32(40, 2 * samples.length, true)
  samples.forEach((x, i) => view.setInt16(HEADER_BYTES + 2 * i, x, true))
  return file
}

function readFormat(chunk: DataView): Format {
  if (chunk.byteLength < 16) throw unreadable('format-short')
  const tag = chunk.getUint16(0, true)
  const extended = tag === EXTENSIBLE && chunk.byteLength >= 26
  if ((extended ? chunk.getUint16(24, true) : tag) !== PCM) throw unreadable('not-pcm')
  const format = { channels: chunk.getUint16(2, true), rate: chunk.getUint32(4, true) }
  if (format.channels === 0) throw unreadable('no-channel')
  if (format.rate < SLOWEST || format.rate > FASTEST) throw unreadable('rate')
  if (chunk.getUint16(14, true) !== 16) throw unreadable('not-16-bit')
  return format
}

function mixDown(chunk: DataView, { channels }: Format): Float32Array {
  const samples = new Float32Array(Math.floor(chunk.byteLength / (2 * channels)))
  for (let i = 0; i < samples.length; i++) {
    let sum = 0
    for (let c = 0; c < channels; c++) sum += chunk.getInt16(2 * (i * channels + c), true)
    samples[i] = sum / channels / 32_768
  }
  return samples
}

function tagAt(view: DataView, at: number): string {
  if (at + 4 > view.byteLength) return ''
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)))
}

function putTag(file: Uint8Array, at: number, tag: string): void {
  for (let i = 0; i < tag.length; i++) file[at + i] = tag.charCodeAt(i)
}

function unreadable(reason: string): PawpostError {
  return new PawpostError('sound-unreadable', reason)
}
