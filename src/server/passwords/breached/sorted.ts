import type { FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { unreadable } from './format.ts'
import { MAX_LINE } from './lines.ts'
import { openList } from './sources.ts'

/** A sorted list of hashes, searched in place: `SHA1:COUNT` or `SHA1` lines in ascending order. */
export interface SortedHashes {
  /** How often the password with this SHA-1 was breached; 0 if it is not on the list. */
  count(sha1: Uint8Array): Promise<number>
  /** `SUFFIX:COUNT` of every hash that begins with these digits (upper case), in order. */
  range(prefix: string): Promise<readonly string[]>
  close(): Promise<void>
}

type List = { readonly file: FileHandle; readonly size: number; readonly name: string }
type Line = { readonly start: number; readonly hash: string; readonly count: number }

/** What is read at the end of a search instead of halving further. */
const BLOCK_BYTES = 4096
/** Ten times the longest range there is. */
export const MAX_RANGE = 20_000
/** Places at which the order is looked at when a list is opened. */
const SAMPLES = 64
const LINE = /^([0-9A-F]{40})(?::(\d+))?[ \r]*$/

/**
 * Opens a sorted list. Throws `breach-list-unreadable` when it is missing, empty, no list or
 * (as far as some samples show) not sorted, as the download "ordered by prevalence" is not.
 */
export async function openSorted(path: string): Promise<SortedHashes> {
  const file = await openList(path)
  try {
    const { size } = await file.stat()
    const list = { file, size, name: basename(path) }
    await requireSorted(list)
    return {
      count: (sha1) => countOf(list, Buffer.from(sha1).toString('hex').toUpperCase()),
      range: (prefix) => rangeOf(list, prefix),
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function requireSorted(list: List): Promise<void> {
  let last = ''
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const line = await lineFrom(list, Math.floor((list.size * sample) / SAMPLES))
    if (line === undefined && sample === 0) throw unreadable(`${list.name} is empty`)
    if (line === undefined) return
    if (line.hash < last) throw unreadable(`${list.name} is not sorted`)
    last = line.hash
  }
}

async function countOf(list: List, hash: string): Promise<number> {
  const line = await firstFrom(list, hash)
  return line?.hash === hash ? line.count : 0
}

async function rangeOf(list: List, prefix: string): Promise<readonly string[]> {
  const found: Line[] = []
  let start = (await firstFrom(list, prefix))?.start
  while (start !== undefined) {
    const lines = await linesOf(list, start, start + BLOCK_BYTES)
    const inside = lines.filter(({ hash }) => hash.startsWith(prefix))
    found.push(...inside)
    if (found.length > MAX_RANGE) throw unreadable(`range ${prefix} of ${list.name} is too long`)
    const last = lines.at(-1)?.start ?? start
    start = inside.length < lines.length ? undefined : (await lineFrom(list, last + 1))?.start
  }
  return found
    .filter(({ count }) => count > 0)
    .map(({ hash, count }) => `${hash.slice(prefix.length)}:${count}`)
}

/** The first line whose hash is not before `target`, which may be the beginning of a hash. */
async function firstFrom(list: List, target: string): Promise<Line | undefined> {
  // The line at `low`, if it is not the first, is before the target; the one at `high` is not.
  let low = 0
  let high = list.size
  while (high - low > BLOCK_BYTES) {
    const line = await lineFrom(list, low + Math.floor((high - low) / 2))
    if (line === undefined || line.start >= high) throw unreadable(`${list.name} at ${low}`)
    if (line.hash < target) low = line.start
    else high = line.start
  }
  const lines = await linesOf(list, low, high + 1)
  return lines.find(({ hash }) => hash >= target)
}

/** The first line that begins at `position` or after it; undefined behind the last one. */
async function lineFrom(list: List, position: number): Promise<Line | undefined> {
  if (position === 0) return (await linesOf(list, 0, 1))[0]
  const bytes = await readAt(list, position - 1, 2 * MAX_LINE)
  const end = bytes.indexOf('\n')
  const start = position + end
  if (end < 0 || start >= list.size) return undefined
  return (await linesOf(list, start, start + 1))[0]
}

/** The lines that begin between a line's `start` and `end`. */
async function linesOf(list: List, start: number, end: number): Promise<readonly Line[]> {
  const bytes = await readAt(list, start, end - start + MAX_LINE)
  const lines: Line[] = []
  for (let from = 0; from < Math.min(end - start, bytes.length);) {
    const to = bytes.indexOf('\n', from)
    const text = bytes.toString('latin1', from, to < 0 ? bytes.length : to)
    const [, hash, count = '1'] = LINE.exec(text.toUpperCase()) ?? []
    if (hash === undefined) throw unreadable(`${list.name} at ${start + from}`)
    lines.push({ start: start + from, hash, count: Number(count) })
    from = to < 0 ? bytes.length : to + 1
  }
  return lines
}

async function readAt({ file, size }: List, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - position)))
  const { bytesRead } = await file.read(bytes, 0, bytes.length, position)
  return bytes.subarray(0, bytesRead)
}
