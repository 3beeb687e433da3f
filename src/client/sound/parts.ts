import { PawpostError } from '../../protocol/errors.ts'
import { GRANULE_RATE, packetSamples, readOggOpus, writeOggOpus, type OggOpus } from './ogg.ts'

/**
 * A long recording in parts that fit a message each, and the whole out of its parts. Every part is a
 * file of its own that any player plays; one after the other they are the recording to the sample.
 */

/** The longest part: 120 s at 16 kbit/s are 244 KiB, and a message holds 252. */
export const PART_MS = 120_000

/**
 * A decoder that starts in the middle needs a while to hear what the encoder meant: 160 ms come
 * along and are dropped as pre-skip. RFC 7845 section 4.6 asks for 80; of a sung tone that leaves
 * the seam 28 dB below the voice, 160 more than 30.
 */
const PREROLL = 7_680

export type Part = { readonly sound: Uint8Array<ArrayBuffer>; readonly durationMs: number }

/**
 * Cuts Ogg Opus between packets into parts of at most `longestMs`. The durations add up to the
 * recording's. Throws `sound-unreadable` and `sound-empty`.
 */
export function splitOgg(sound: Uint8Array, longestMs = PART_MS): readonly Part[] {
  const whole = readOggOpus(sound)
  const ends = positions(whole.packets)
  const starts = cuts(whole, ends, (longestMs * GRANULE_RATE) / 1000)
  const times = [...starts.slice(1).map((start) => ends[start - 1] ?? 0), whole.granule]
  const heard = times.map((time) => Math.round(((time - whole.preSkip) * 1000) / GRANULE_RATE))
  return starts.map((start, index) => ({
    sound: writeOggOpus(partOf(whole, ends, start, starts[index + 1])),
    durationMs: (heard[index] ?? 0) - (heard[index - 1] ?? 0),
  }))
}

/**
 * The recording that was cut, bit for bit the same packets. Throws `sound-unreadable` (`parts`) when
 * these cannot be parts of one.
 */
export function joinOgg(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const read = parts.map((part) => readOggOpus(part))
  const [first, ...rest] = read
  if (!first) throw new PawpostError('sound-empty')
  for (const part of read.slice(0, -1)) demandWholePackets(part)
  const packets = [...first.packets, ...rest.flatMap(withoutPreroll)]
  const granule = rest.reduce((sum, part) => sum + part.granule - part.preSkip, first.granule)
  return writeOggOpus({ packets, preSkip: first.preSkip, granule })
}

/** Where each packet ends, in samples. */
function positions(packets: readonly Uint8Array[]): readonly number[] {
  let end = 0
  return packets.map((packet) => (end += packetSamples(packet)))
}

/** The packet that each part starts with, its pre-roll aside. */
function cuts({ preSkip, granule }: OggOpus, ends: readonly number[], longest: number): number[] {
  const starts = [0]
  let from = preSkip
  for (const [index, end] of ends.entries()) {
    const isOver = Math.min(end, granule) - from > longest
    if (!isOver || index === starts.at(-1)) continue
    starts.push(index)
    from = ends[index - 1] ?? 0
  }
  return starts
}

function partOf(
  { packets, preSkip, granule }: OggOpus,
  ends: readonly number[],
  start: number,
  end: number | undefined,
): OggOpus {
  const cut = start === 0 ? 0 : (ends[start - 1] ?? 0)
  const first = ends.findIndex(
    (_, index) => index >= start || cut - startOf(ends, index) <= PREROLL,
  )
  const origin = startOf(ends, first)
  const last = end === undefined ? granule : startOf(ends, end)
  return {
    packets: packets.slice(first, end),
    preSkip: start === 0 ? preSkip : cut - origin,
    granule: last - origin,
  }
}

function startOf(ends: readonly number[], index: number): number {
  return index === 0 ? 0 : (ends[index - 1] ?? 0)
}

function withoutPreroll({ packets, preSkip }: OggOpus): readonly Uint8Array[] {
  const first = positions(packets).findIndex((end) => end > preSkip)
  const dropped = startOf(positions(packets), first)
  if (first < 0 || dropped !== preSkip) throw new PawpostError('sound-unreadable', 'parts')
  return packets.slice(first)
}

/** Only the last part may end within a packet. */
function demandWholePackets({ packets, granule }: OggOpus): void {
  if (positions(packets).at(-1) !== granule) throw new PawpostError('sound-unreadable', 'parts')
}
