import { ascii, concatBytes } from '../../protocol/bytes.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { nextPage, PageFlag, writePage } from './ogg-page.ts'

/** Opus in Ogg (RFC 7845): mono, one stream, no metadata but the encoder's name. */
export type OggOpus = {
  /** Opus packets of 20 ms (or whatever their first byte says), in order. */
  readonly packets: readonly Uint8Array[]
  /** Samples at 48 kHz that a player drops from the start: the encoder's delay. */
  readonly preSkip: number
  /** Samples at 48 kHz at the end, pre-skip included: what is decoded beyond it is dropped too. */
  readonly granule: number
}

/** Samples per second of every granule position, whatever rate was recorded (RFC 7845 section 4). */
export const GRANULE_RATE = 48_000

/** RFC 7845 section 5.1: nothing of what Pawpost makes has a use for more. */
const INPUT_RATE = 16_000
const HEAD_BYTES = 19
const VENDOR = 'pawpost'
/** One stream per file: its number distinguishes nothing, so it says nothing either. */
const SERIAL = 1
/** About a second of sound on a page, so that a file that was cut off loses little. */
const PACKETS_PER_PAGE = 50
/** A page has 255 lacing values; a packet of `n` bytes takes n/255 + 1 of them. */
const LACES = 255
const LARGEST_PACKET = 61_440

/**
 * Writes packets of 20 ms to a file. Throws `sound-empty` without packets and `sound-unreadable` if
 * the granule lies outside of what they hold.
 */
export function writeOggOpus({ packets, preSkip, granule }: OggOpus): Uint8Array<ArrayBuffer> {
  if (packets.length === 0) throw new PawpostError('sound-empty')
  const decoded = packets.reduce((sum, packet) => sum + packetSamples(packet), 0)
  if (granule <= preSkip || granule > decoded) throw unreadable('granule')
  const pages = [page([opusHead(preSkip)], PageFlag.first), page([opusTags()], PageFlag.none)]
  let position = 0
  for (const group of grouped(packets)) {
    position += group.reduce((sum, packet) => sum + packetSamples(packet), 0)
    pages.push({ ...page(group, PageFlag.none), granule: position })
  }
  pages.push({ ...(pages.pop() ?? page([], PageFlag.none)), flags: PageFlag.last, granule })
  return concatBytes(...pages.map((each, sequence) => writePage({ ...each, sequence })))
}

/**
 * Reads a mono Opus file that this or any other program wrote. Throws `sound-unreadable` with a
 * reason when it is no such file, is damaged, or was cut off.
 */
export function readOggOpus(file: Uint8Array): OggOpus {
  const { packets, granule, ended } = readStream(file)
  const [head, tags, ...sound] = packets
  const preSkip = readHead(head)
  if (!tags || !startsWith(tags, 'OpusTags')) throw unreadable('no-tags')
  if (!ended) throw unreadable('cut-off')
  if (sound.length === 0) throw new PawpostError('sound-empty')
  return { packets: sound, preSkip, granule }
}

/** Milliseconds that a player of the file would play. */
export function oggDuration({ preSkip, granule }: OggOpus): number {
  return Math.round(((granule - preSkip) * 1000) / GRANULE_RATE)
}

/** Samples at 48 kHz of one packet, from its table-of-contents byte (RFC 6716 section 3.1). */
export function packetSamples(packet: Uint8Array): number {
  const toc = packet[0]
  if (toc === undefined) throw unreadable('packet-empty')
  return frameSamples(toc >> 3) * frameCount(toc & 3, packet[1])
}

/** RFC 6716 table 2: SILK 10-60 ms, hybrid 10-20 ms, CELT 2.5-20 ms. */
function frameSamples(config: number): number {
  if (config < 12) return [480, 960, 1920, 2880][config % 4] ?? 0
  if (config < 16) return config % 2 === 0 ? 480 : 960
  return [120, 240, 480, 960][config % 4] ?? 0
}

function frameCount(code: number, second: number | undefined): number {
  if (code === 0) return 1
  if (code < 3) return 2
  if (second === undefined) throw unreadable('packet-short')
  return second & 63
}

function page(packets: readonly Uint8Array[], flags: number) {
  return { packets, flags, serial: SERIAL, granule: 0 }
}

/** Packets that fit a page together; none is ever split. */
function* grouped(packets: readonly Uint8Array[]): Generator<Uint8Array[]> {
  let group: Uint8Array[] = []
  let laces = 0
  for (const packet of packets) {
    if (packet.length > LARGEST_PACKET) throw unreadable('packet-large')
    const own = Math.floor(packet.length / 255) + 1
    if (group.length === PACKETS_PER_PAGE || laces + own > LACES) {
      yield group
      group = []
      laces = 0
    }
    group.push(packet)
    laces += own
  }
  yield group
}

/** Identification header, RFC 7845 section 5.1: version 1, one channel, no gain, mapping family 0. */
function opusHead(preSkip: number): Uint8Array {
  const head = new Uint8Array(HEAD_BYTES)
  const view = new DataView(head.buffer)
  head.set(ascii('OpusHead'))
  view.setUint8(8, 1)
  view.setUint8(9, 1)
  view.setUint16(10, preSkip, true)
  view.setUint32(12, INPUT_RATE, true)
  return head
}

/** Comment header, RFC 7845 section 5.2. */
function opusTags(): Uint8Array {
  const vendor = ascii(VENDOR)
  const tags = new Uint8Array(8 + 4 + vendor.length + 4)
  tags.set(ascii('OpusTags'))
  new DataView(tags.buffer).setUint32(8, vendor.length, true)
  tags.set(vendor, 12)
  return tags
}

function readHead(head: Uint8Array | undefined): number {
  if (!head || head.length < HEAD_BYTES || !startsWith(head, 'OpusHead')) {
    throw unreadable('not-opus')
  }
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  // The upper half of the version is what breaks compatibility.
  if (view.getUint8(8) >> 4 !== 0) throw unreadable('version')
  if (view.getUint8(9) !== 1 || view.getUint8(18) !== 0) throw unreadable('not-mono')
  return view.getUint16(10, true)
}

function startsWith(bytes: Uint8Array, word: string): boolean {
  return ascii(word).every((letter, index) => bytes[index] === letter)
}

type Stream = { packets: Uint8Array[]; granule: number; ended: boolean }

/** Puts packets together that pages have split (RFC 3533 section 6). */
function readStream(file: Uint8Array): Stream {
  const stream: Stream = { packets: [], granule: 0, ended: false }
  let serial: number | undefined
  let pending: Uint8Array[] = []
  for (let at = 0, sequence = 0; at < file.length && !stream.ended; sequence++) {
    const read = nextPage(file, at)
    serial ??= read.serial
    if (read.serial !== serial || read.sequence !== sequence) throw unreadable('page-order')
    if (((read.flags & PageFlag.continued) !== 0) !== pending.length > 0)
      throw unreadable('page-order')
    for (const part of read.parts) {
      pending.push(part.bytes)
      if (!part.ends) continue
      stream.packets.push(concatBytes(...pending))
      pending = []
    }
    if (read.granule >= 0) stream.granule = read.granule
    stream.ended = (read.flags & PageFlag.last) !== 0
    at = read.next
  }
  return stream
}

function unreadable(reason: string): PawpostError {
  return new PawpostError('sound-unreadable', reason)
}
