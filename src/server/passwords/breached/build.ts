import { existsSync } from 'node:fs'
import { mkdir, open, rename, rm, writeFile, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readIfPresent, syncFolder } from '../../platform/files.ts'
import { birthOf, isRunning } from '../../platform/processes.ts'
import { createBuckets, type Buckets } from './buckets.ts'
import {
  encodeContents,
  HEADER_BYTES,
  MAX_SHARD_BITS,
  requireLittleEndian,
  unreadable,
  type Contents,
  type Shard,
} from './format.ts'
import { fillFuse } from './fuse.ts'
import { createChecksums } from './pages.ts'
import type { FingerprintBits } from './shape.ts'
import { isFolder } from './sources.ts'

/** A shard has at most so many keys: 60 MB of memory while it is built. */
const SHARD_KEYS = 2 ** 19

/** What was built. */
export type Built = {
  /** Keys that came in, repeated ones too. */
  readonly read: number
  /** Different ones: what the filter holds. */
  readonly entries: number
  readonly bytes: number
}

/**
 * Builds a filter file from keys (see `readSources`) in bounded memory, whatever their number. The
 * file depends on the set of keys alone, not on their order or on how often one comes.
 *
 * Until the last moment everything is in the folder `<out>.building`; then the finished file is
 * renamed to `out` in one step. A build that died leaves that folder, and the next one removes it.
 * Throws `breach-list-unreadable` when there is no key at all, or when another build of the same
 * file is running; and the signal's reason once it aborts.
 */
export async function buildFilter(
  keys: AsyncIterable<Uint32Array>,
  { out, bits, signal }: { out: string; bits: FingerprintBits; signal?: AbortSignal },
): Promise<Built> {
  requireLittleEndian()
  const folder = `${out}.building`
  if (existsSync(out) && (await isFolder(out))) throw unreadable('a folder is in its place')
  await claim(folder)
  try {
    await using buckets = await createBuckets(folder)
    let read = 0
    for await (const piece of keys) {
      signal?.throwIfAborted()
      await buckets.add(piece)
      read += piece.length / 2
    }
    const entries = await buckets.sort()
    if (entries === 0) throw unreadable('no hashes')
    const path = join(folder, 'filter')
    const bytes = await write(path, buckets, { bits, entries, signal })
    await rename(path, out)
    await syncFolder(dirname(out))
    return { read, entries, bytes }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Takes the folder of a build, also from one that died. */
async function claim(folder: string): Promise<void> {
  const holder = join(folder, 'process')
  const [pid, birth] = (await readIfPresent(holder))?.split(' ') ?? []
  if (pid !== undefined && isRunning(Number(pid)) && birthOf(Number(pid)) === birth) {
    throw unreadable(`process ${pid} is building it`)
  }
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(holder, `${process.pid} ${birthOf(process.pid)}`, { flag: 'wx' })
}

type Plan = {
  readonly bits: FingerprintBits
  readonly entries: number
  readonly signal: AbortSignal | undefined
}

/** Writes and syncs the whole file; gives its length. */
async function write(path: string, buckets: Buckets, plan: Plan): Promise<number> {
  await using file = await open(path, 'wx', 0o644)
  const contents = await writeData(file, buckets, plan)
  const { header, index } = encodeContents(contents)
  await file.write(index, 0, index.length, HEADER_BYTES + contents.dataLength)
  await file.write(header, 0, header.length, 0)
  await file.sync()
  return HEADER_BYTES + contents.dataLength + index.length
}

async function writeData(
  file: FileHandle,
  buckets: Buckets,
  { bits, entries, signal }: Plan,
): Promise<Contents> {
  const shardBits = shardBitsFor(entries)
  const checksums = createChecksums()
  const shards: Shard[] = []
  let dataLength = 0
  for await (const keys of buckets.shards(shardBits)) {
    signal?.throwIfAborted()
    const { shape, slots } = fillFuse(keys, bits)
    const bytes = new Uint8Array(slots.buffer)
    checksums.add(bytes)
    await writeWhole(file, bytes, HEADER_BYTES + dataLength)
    dataLength += bytes.length
    shards.push({ ...shape, entries: keys.length / 2 })
  }
  return { bits, shardBits, entries, dataLength, shards, checksums: checksums.all() }
}

async function writeWhole(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at, position + at)
    at += bytesWritten
  }
}

/** So many that a shard has between half of {@link SHARD_KEYS} and all of it. */
function shardBitsFor(entries: number): number {
  const bits = Math.ceil(Math.log2(entries / SHARD_KEYS))
  return Math.min(Math.max(bits, 0), MAX_SHARD_BITS)
}
