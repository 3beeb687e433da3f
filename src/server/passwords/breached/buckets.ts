import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

/*
 * Sorts more keys than fit into memory: by their first byte into 256 files, then each by itself.
 * Of 10^9 keys that needs 8 GB of disk and, at a time, one file of 32 MB in memory.
 */

const BUCKETS = 256
const BUCKET_BITS = 8
/** Pairs of words that wait for their turn to be written, in each bucket. */
const WAITING = 8192

/** Keys in temporary files. */
export interface Buckets extends AsyncDisposable {
  /** Takes keys: pairs of words, lower half first. */
  add(keys: Uint32Array): Promise<void>
  /** Sorts, drops what is there twice, and gives how many keys are left. Once, after the last `add`. */
  sort(): Promise<number>
  /** The sorted keys of each of the 2^bits shards in turn. */
  shards(bits: number): AsyncGenerator<Uint32Array>
}

type Bucket = { readonly file: FileHandle; readonly waiting: Uint32Array; filled: number }

export async function createBuckets(folder: string): Promise<Buckets> {
  const buckets: Bucket[] = []
  for (let index = 0; index < BUCKETS; index += 1) {
    const file = await open(join(folder, `keys-${index}`), 'wx+', 0o600)
    buckets.push({ file, waiting: new Uint32Array(2 * WAITING), filled: 0 })
  }

  return {
    async add(keys) {
      for (let from = 0; from < keys.length;) {
        const { until, full } = scatter(buckets, keys, from)
        if (full) await flush(full)
        from = until
      }
    },
    async sort() {
      let left = 0
      for (const bucket of buckets) {
        await flush(bucket)
        left += await sortOne(bucket)
      }
      return left
    },
    shards: (bits) => (bits <= BUCKET_BITS ? joined(buckets, bits) : split(buckets, bits)),
    async [Symbol.asyncDispose]() {
      for (const { file } of buckets) await file.close()
    },
  }
}

/** Distributes keys until a bucket is full or none is left. */
function scatter(
  buckets: readonly Bucket[],
  keys: Uint32Array,
  from: number,
): { until: number; full?: Bucket } {
  for (let at = from; at < keys.length; at += 2) {
    const high = keys[at + 1] ?? 0
    const bucket = buckets[high >>> 24]
    if (bucket === undefined) continue
    bucket.waiting[bucket.filled] = keys[at] ?? 0
    bucket.waiting[bucket.filled + 1] = high
    bucket.filled += 2
    if (bucket.filled === bucket.waiting.length) return { until: at + 2, full: bucket }
  }
  return { until: keys.length }
}

async function flush(bucket: Bucket): Promise<void> {
  await writeAll(bucket.file, bucket.waiting.subarray(0, bucket.filled))
  bucket.filled = 0
}

async function sortOne({ file }: Bucket): Promise<number> {
  const keys = await readAll(file)
  new BigUint64Array(keys.buffer).sort()
  const once = dropRepeated(keys)
  await file.truncate(0)
  await writeAll(file, keys.subarray(0, once), 0)
  return once / 2
}

/** Moves each key's first occurrence forward; gives how many words are left. */
function dropRepeated(keys: Uint32Array): number {
  let end = 0
  for (let at = 0; at < keys.length; at += 2) {
    if (end > 0 && keys[at] === keys[end - 2] && keys[at + 1] === keys[end - 1]) continue
    keys[end] = keys[at] ?? 0
    keys[end + 1] = keys[at + 1] ?? 0
    end += 2
  }
  return end
}

/** Shards of several buckets each. */
async function* joined(buckets: readonly Bucket[], bits: number): AsyncGenerator<Uint32Array> {
  const each = 2 ** (BUCKET_BITS - bits)
  for (let first = 0; first < BUCKETS; first += each) {
    const parts: Uint32Array[] = []
    for (const { file } of buckets.slice(first, first + each)) parts.push(await readAll(file))
    yield concat(parts)
  }
}

/** Several shards of each bucket. */
async function* split(buckets: readonly Bucket[], bits: number): AsyncGenerator<Uint32Array> {
  const each = 2 ** (bits - BUCKET_BITS)
  for (const [index, { file }] of buckets.entries()) {
    const keys = await readAll(file)
    let from = 0
    for (let shard = index * each; shard < (index + 1) * each; shard += 1) {
      let to = from
      while (to < keys.length && (keys[to + 1] ?? 0) >>> (32 - bits) === shard) to += 2
      yield keys.subarray(from, to)
      from = to
    }
  }
}

function concat(parts: readonly Uint32Array[]): Uint32Array {
  const whole = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

async function readAll(file: FileHandle): Promise<Uint32Array<ArrayBuffer>> {
  const { size } = await file.stat()
  const bytes = new Uint8Array(size)
  for (let at = 0; at < size;) {
    const { bytesRead } = await file.read(bytes, at, size - at, at)
    if (bytesRead === 0) throw new Error('a temporary file became shorter')
    at += bytesRead
  }
  return new Uint32Array(bytes.buffer)
}

async function writeAll(
  file: FileHandle,
  words: Uint32Array,
  position: number | null = null,
): Promise<void> {
  const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength)
  for (let at = 0; at < bytes.length;) {
    const to = position === null ? null : position + at
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at, to)
    at += bytesWritten
  }
}
