import { PawpostError } from '../../protocol/errors.ts'
import { packetSamples, writeOggOpus } from './ogg.ts'

/** Opus out of WebM (RFC 8794, RFC 9559), which some browsers record where they make no Ogg. */

const CODEC_PRIVATE = 0x63a2
const BLOCKS: readonly number[] = [0xa3, 0xa1]
/** Segment, tracks, track, cluster, group of blocks: what matters is inside, whatever their length. */
const OUTER: readonly number[] = [0x18538067, 0x1654ae6b, 0xae, 0x1f43b675, 0xa0]
/** A block's time and its flags, behind the number of its track. */
const BLOCK_HEAD = 3
const LACED = 0x06
/** Where `OpusHead` says what a player drops from the start (RFC 7845 section 5.1). */
const PRE_SKIP_AT = 10

/** The same packets in Ogg. Throws `sound-unreadable`, and `sound-empty` where nothing was said. */
export function oggOfWebm(file: Uint8Array): Uint8Array<ArrayBuffer> {
  const packets: Uint8Array[] = []
  let preSkip = 0
  for (const { id, body } of elements(file)) {
    if (id === CODEC_PRIVATE) preSkip = preSkipOf(body)
    else if (BLOCKS.includes(id)) packets.push(packetOf(body))
  }
  if (packets.length === 0) throw new PawpostError('sound-empty')
  const granule = packets.reduce((sum, packet) => sum + packetSamples(packet), 0)
  return writeOggOpus({ packets, preSkip, granule })
}

type Element = { readonly id: number; readonly body: Uint8Array }

/** All elements in the order they begin. A recorder writes outer ones before it knows their length. */
function* elements(file: Uint8Array): Generator<Element> {
  let at = 0
  while (at < file.length) {
    const id = number(file, at, { marked: true })
    const size = number(file, at + id.length, { marked: false })
    const from = at + id.length + size.length
    at = OUTER.includes(id.value) ? from : from + size.value
    if (at > file.length) throw unreadable('cut-off')
    if (at > from) yield { id: id.value, body: file.subarray(from, at) }
  }
}

/** A number of 1 to 8 bytes: as many as its first byte has zeros before its marker, and one. */
function number(file: Uint8Array, at: number, { marked }: { marked: boolean }) {
  const first = file[at] ?? 0
  const length = Math.clz32(first) - 23
  if (first === 0 || at + length > file.length) throw unreadable('number')
  const rest = file.subarray(at + 1, at + length)
  const start = marked ? first : first & (0xff >> length)
  return { value: rest.reduce((sum, byte) => sum * 256 + byte, start), length }
}

function packetOf(block: Uint8Array): Uint8Array {
  const head = number(block, 0, { marked: false }).length + BLOCK_HEAD
  const flags = block[head - 1]
  if (flags === undefined || (flags & LACED) !== 0) throw unreadable('block')
  return block.slice(head)
}

function preSkipOf(head: Uint8Array): number {
  if (head.length < PRE_SKIP_AT + 2) throw unreadable('no-head')
  return new DataView(head.buffer, head.byteOffset).getUint16(PRE_SKIP_AT, true)
}

function unreadable(reason: string): PawpostError {
  return new PawpostError('sound-unreadable', `webm-${reason}`)
}
