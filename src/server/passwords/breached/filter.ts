import type { FileHandle } from 'node:fs/promises'
import { PawpostError } from '../../../protocol/errors.ts'
import {
  decodeHeader,
  decodeIndex,
  HEADER_BYTES,
  indexLength,
  PAGE_BYTES,
  requireLittleEndian,
  unreadable,
  type Contents,
  type Shard,
} from './format.ts'
import { createPages, type Pages } from './pages.ts'
import { ARITY, place, PLACE_WORDS, slotsOf, upperHalf } from './shape.ts'
import { openList } from './sources.ts'
import { openSorted, type SortedHashes } from './sorted.ts'

/** A list of breached passwords that answers yes or no. */
export interface BreachFilter extends AsyncDisposable {
  /** How many passwords are on the list. */
  readonly entries: number
  /** A password that is not on the list is taken for breached with probability 2^-bits. */
  readonly bits: number
  /** Whether a sorted list confirms every hit, so that there are no false ones. */
  readonly confirmed: boolean
  /**
   * Whether a password is on the list, by the SHA-1 of its UTF-8 bytes. Never misses one that is.
   * Throws `breach-list-unreadable` when the file was damaged since it was built.
   */
  has(sha1: Uint8Array): Promise<boolean>
  close(): Promise<void>
}

export type FilterOptions = {
  /** A sorted list of the same hashes. Compulsory for a filter of 8 bits. */
  readonly confirm?: string | undefined
  /** At most so many bytes of the file are kept in memory. */
  readonly cacheBytes?: number | undefined
}

const CACHE_BYTES = 32 * 1024 * 1024

/**
 * Opens a filter file that `buildFilter` made. Header and index are read and checked; of the data
 * a page at a time, each checked against its checksum before anything in it is believed.
 *
 * Throws `breach-list-unreadable` for a file that is missing, damaged or of another kind, and
 * `breach-list-unconfirmed` for one of 8 bits without a list to confirm its hits: one honest
 * password in 256 would be refused, 3,200 people of 820,000 warned wrongly.
 */
export async function openFilter(
  path: string | URL,
  options: FilterOptions = {},
): Promise<BreachFilter> {
  requireLittleEndian()
  const file = await openList(path)
  try {
    const contents = await readContents(file)
    if (contents.bits === 8 && options.confirm === undefined) {
      throw new PawpostError('breach-list-unconfirmed')
    }
    const sorted = options.confirm === undefined ? undefined : await openSorted(options.confirm)
    const keep = Math.max(1, Math.floor((options.cacheBytes ?? CACHE_BYTES) / PAGE_BYTES))
    const data = { length: contents.dataLength, checksums: contents.checksums }
    return reader(contents, { file, sorted, pages: createPages(file, data, keep) })
  } catch (error) {
    await file.close()
    throw error
  }
}

async function readContents(file: FileHandle): Promise<Contents> {
  const header = decodeHeader(await readAt(file, 0, HEADER_BYTES))
  const length = indexLength(header)
  const { size } = await file.stat()
  if (size !== HEADER_BYTES + header.dataLength + length) throw unreadable('length')
  return decodeIndex(header, await readAt(file, HEADER_BYTES + header.dataLength, length))
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await file.read(bytes, 0, length, position)
  return bytes.subarray(0, bytesRead)
}

type Parts = {
  readonly file: FileHandle
  readonly pages: Pages
  readonly sorted: SortedHashes | undefined
}

function reader(contents: Contents, { file, pages, sorted }: Parts): BreachFilter {
  const offsets = offsetsOf(contents)

  async function close(): Promise<void> {
    await file.close()
    await sorted?.close()
  }

  return {
    entries: contents.entries,
    bits: contents.bits,
    confirmed: sorted !== undefined,
    async has(sha1) {
      const hit = await look(contents, { offsets, pages }, sha1)
      return hit && (sorted === undefined || (await sorted.count(sha1)) > 0)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Where the slots of each shard begin in the data. */
function offsetsOf({ shards, bits }: Contents): readonly number[] {
  let end = 0
  return shards.map((shard: Shard) => {
    const start = end
    end += (slotsOf(shard) * bits) / 8
    return start
  })
}

async function look(
  { bits, shardBits, shards }: Contents,
  { offsets, pages }: { offsets: readonly number[]; pages: Pages },
  sha1: Uint8Array,
): Promise<boolean> {
  const key = keyOf(sha1)
  const index = shardBits === 0 ? 0 : (key[1] ?? 0) >>> (32 - shardBits)
  const shard = shards[index]
  if (shard === undefined || shard.entries === 0) return false
  const places = new Uint32Array(PLACE_WORDS)
  place(shard, key, 0, places)
  let value = (places[ARITY] ?? 0) >>> (32 - bits)
  for (let turn = 0; turn < ARITY; turn += 1) {
    const at = (offsets[index] ?? 0) + (places[turn] ?? 0) * (bits / 8)
    const page = Math.floor(at / PAGE_BYTES)
    const bytes = pages.peek(page) ?? (await pages.read(page))
    value ^= valueAt(bytes, at % PAGE_BYTES, bits)
  }
  return value === 0
}

/** A page is a whole number of slots, so none lies across its end. */
function valueAt(bytes: Uint8Array, at: number, bits: number): number {
  const low = bytes[at] ?? 0
  return bits === 8 ? low : low | ((bytes[at + 1] ?? 0) << 8)
}

/** The key of a SHA-1, made of its first 64 bits: a pair of words, the lower half first. */
export function keyOf(sha1: Uint8Array): Uint32Array {
  if (sha1.length !== 20) throw new RangeError('a SHA-1 has 20 bytes')
  const view = new DataView(sha1.buffer, sha1.byteOffset, 20)
  const second = view.getUint32(4)
  return Uint32Array.of(second, upperHalf(view.getUint32(0), second))
}
