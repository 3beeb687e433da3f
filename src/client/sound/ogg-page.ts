import { ascii } from '../../protocol/bytes.ts'
import { PawpostError } from '../../protocol/errors.ts'

/** Pages of the Ogg container (RFC 3533 section 6). */

export const PageFlag = { none: 0, continued: 1, first: 2, last: 4 } as const

/** A page of whole packets, to be written. */
export type Page = {
  readonly packets: readonly Uint8Array[]
  readonly flags: number
  /** Position at the end of the last packet that ends on the page; -1 when none does. */
  readonly granule: number
  readonly serial: number
  readonly sequence: number
}

/** A page as it was read: packets or parts of them, and where the next page starts. */
export type ReadPage = Omit<Page, 'packets'> & {
  readonly parts: readonly { readonly bytes: Uint8Array; readonly ends: boolean }[]
  readonly next: number
}

const HEADER_BYTES = 27
const CAPTURE = ascii('OggS')
const CRC_AT = 22
const CRC_TABLE = crcTable()

export function writePage(page: Page): Uint8Array<ArrayBuffer> {
  const laces = page.packets.flatMap((packet) => lacing(packet.length))
  const body = page.packets.reduce((sum, packet) => sum + packet.length, 0)
  const bytes = new Uint8Array(HEADER_BYTES + laces.length + body)
  const view = new DataView(bytes.buffer)
  bytes.set(CAPTURE)
  view.setUint8(5, page.flags)
  view.setBigInt64(6, BigInt(page.granule), true)
  view.setUint32(14, page.serial, true)
  view.setUint32(18, page.sequence, true)
  view.setUint8(26, laces.length)
  bytes.set(laces, HEADER_BYTES)
  let at = HEADER_BYTES + laces.length
  for (const packet of page.packets) {
    bytes.set(packet, at)
    at += packet.length
  }
  view.setUint32(CRC_AT, crc(bytes), true)
  return bytes
}

/** Reads the page at `at`. Throws `sound-unreadable` (`not-ogg`, `cut-off`, `damaged`). */
export function nextPage(file: Uint8Array, at: number): ReadPage {
  if (!CAPTURE.every((letter, index) => file[at + index] === letter)) throw unreadable('not-ogg')
  const count = file[at + HEADER_BYTES - 1]
  const body = at + HEADER_BYTES + (count ?? 0)
  if (count === undefined || body > file.length) throw unreadable('cut-off')
  const laces = file.subarray(at + HEADER_BYTES, body)
  const next = body + laces.reduce((sum, lace) => sum + lace, 0)
  if (next > file.length) throw unreadable('cut-off')
  const page = Uint8Array.from(file.subarray(at, next))
  const view = new DataView(page.buffer)
  const expected = view.getUint32(CRC_AT, true)
  view.setUint32(CRC_AT, 0)
  if (view.getUint8(4) !== 0 || crc(page) !== expected) throw unreadable('damaged')
  return {
    flags: view.getUint8(5),
    granule: Number(view.getBigInt64(6, true)),
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
    parts: [...parts(page, laces)],
    next,
  }
}

function* parts(page: Uint8Array, laces: Uint8Array): Generator<ReadPage['parts'][number]> {
  let start = HEADER_BYTES + laces.length
  let end = start
  for (const lace of laces) {
    end += lace
    if (lace === 255) continue
    yield { bytes: page.subarray(start, end), ends: true }
    start = end
  }
  if (laces.at(-1) === 255) yield { bytes: page.subarray(start, end), ends: false }
}

/** A packet's length in bytes of 255 and a last one below it, which may be 0. */
function lacing(length: number): number[] {
  return [...Array.from({ length: Math.floor(length / 255) }, () => 255), length % 255]
}

/** CRC-32 with polynomial 04C11DB7, neither reflected nor inverted (RFC 3533 section 6). */
function crc(bytes: Uint8Array): number {
  let value = 0
  for (const byte of bytes) {
    value = ((value << 8) ^ (CRC_TABLE[(value >>> 24) ^ byte] ?? 0)) >>> 0
  }
  return value
}

function crcTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, index) => {
    let value = index << 24
    for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value < 0 ? 0x04c11db7 : 0)
    return value >>> 0
  })
}

function unreadable(reason: string): PawpostError {
  return new PawpostError('sound-unreadable', reason)
}
