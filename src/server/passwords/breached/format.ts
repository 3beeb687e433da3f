import { createHash } from 'node:crypto'
import { endianness } from 'node:os'
import { PawpostError } from '../../../protocol/errors.ts'
import { MAX_SEGMENT_LOG, slotsOf, type FingerprintBits, type SeededShape } from './shape.ts'

/*
 * A filter file, numbers little-endian:
 *
 *   0   8  "PAWPWNED"
 *   8   1  version: 1
 *   9   1  bits of a fingerprint: 8 or 16
 *   10  1  s: a key belongs to the shard that its highest s bits name
 *   11  5  zero
 *   16  8  entries
 *   24  8  length of the data
 *   32 32  SHA-256 of the index
 *   64 32  SHA-256 of bytes 0 to 63
 *   96     data: the slots of each shard in turn
 *          index: for each of 2^s shards its entries, seed, starts and segmentLog (4 bytes each), then
 *          the CRC-32 of each page of 16 KiB of the data (4 bytes each)
 *
 * A key is made of the first 64 bits of a SHA-1, one to one. Among 10^9 passwords two share a key
 * with 3 % probability; they count as one, and nothing else comes of it.
 */

const MAGIC = 'PAWPWNED'
const VERSION = 1
export const HEADER_BYTES = 96
export const PAGE_BYTES = 1 << 14
/** 2^16 shards of half a million keys are more passwords than there are. */
export const MAX_SHARD_BITS = 16
const SHARD_BYTES = 16

/** A shard: the geometry of its keys, and how many there are. */
export type Shard = SeededShape & { readonly entries: number }

/** What a filter file says of itself. */
export type Contents = {
  readonly bits: FingerprintBits
  readonly shardBits: number
  readonly entries: number
  /** Bytes of all slots. */
  readonly dataLength: number
  readonly shards: readonly Shard[]
  /** The CRC-32 of each page of the data. */
  readonly checksums: Uint32Array
}

/** What the header alone says. */
export type Header = Omit<Contents, 'shards' | 'checksums'> & { readonly indexHash: Uint8Array }

/** Refuses a list; `reason` says why, for the operator. */
export function unreadable(reason: string, cause?: unknown): PawpostError {
  return new PawpostError('breach-list-unreadable', reason, { cause })
}

/** The slots of a file are read as they lie, so the machine has to count bytes as the file does. */
export function requireLittleEndian(): void {
  if (endianness() !== 'LE') throw unreadable('big-endian machine')
}

/** Bytes of the index of a file. */
export function indexLength({ shardBits, dataLength }: Header): number {
  return 2 ** shardBits * SHARD_BYTES + 4 * Math.ceil(dataLength / PAGE_BYTES)
}

/** Header and index of a file; the data go between. */
export function encodeContents(contents: Contents): { header: Uint8Array; index: Uint8Array } {
  const index = encodeIndex(contents)
  const header = Buffer.alloc(HEADER_BYTES)
  header.write(MAGIC, 'latin1')
  header.set([VERSION, contents.bits, contents.shardBits], 8)
  header.writeBigUInt64LE(BigInt(contents.entries), 16)
  header.writeBigUInt64LE(BigInt(contents.dataLength), 24)
  header.set(sha256(index), 32)
  header.set(sha256(header.subarray(0, 64)), 64)
  return { header, index }
}

function encodeIndex({ shards, checksums }: Contents): Uint8Array {
  const words = shards.flatMap(({ entries, seed, starts, segmentLog }) => [
    entries,
    seed,
    starts,
    segmentLog,
  ])
  return new Uint8Array(Uint32Array.from([...words, ...checksums]).buffer)
}

/** Reads a header. Throws `breach-list-unreadable`. */
export function decodeHeader(bytes: Uint8Array): Header {
  const header = Buffer.from(bytes)
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, 8) !== MAGIC) {
    throw unreadable('not a filter file')
  }
  if (header[8] !== VERSION) throw unreadable(`version ${header[8]}`)
  if (!sha256(header.subarray(0, 64)).equals(header.subarray(64))) throw unreadable('header')
  const [bits, shardBits = 0] = header.subarray(9)
  if ((bits !== 8 && bits !== 16) || shardBits > MAX_SHARD_BITS) throw unreadable('parameters')
  const entries = Number(header.readBigUInt64LE(16))
  const dataLength = Number(header.readBigUInt64LE(24))
  return { bits, shardBits, entries, dataLength, indexHash: header.subarray(32, 64) }
}

/** Reads the index that belongs to a header. Throws `breach-list-unreadable`. */
export function decodeIndex(header: Header, bytes: Uint8Array): Contents {
  if (!sha256(bytes).equals(header.indexHash)) throw unreadable('index')
  const words = new Uint32Array(Uint8Array.from(bytes).buffer)
  const count = 2 ** header.shardBits
  const shards = Array.from({ length: count }, (_, index) => shardAt(words, 4 * index))
  const slots = shards.reduce((sum, shard) => sum + slotsOf(shard), 0)
  const entries = shards.reduce((sum, shard) => sum + shard.entries, 0)
  const fits = (slots * header.bits) / 8 === header.dataLength && entries === header.entries
  if (!fits) throw unreadable('index')
  return { ...header, shards, checksums: words.subarray(4 * count) }
}

function shardAt(words: Uint32Array, at: number): Shard {
  const [entries = 0, seed = 0, starts = 0, segmentLog = 0] = words.subarray(at, at + 4)
  if (starts < 1 || segmentLog > MAX_SEGMENT_LOG) throw unreadable('index')
  return { entries, seed, starts, segmentLog }
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
