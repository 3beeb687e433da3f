import { closeSync, openSync, readSync } from 'node:fs'
import { open, opendir, stat, type FileHandle } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { isSystemError } from '../../platform/files.ts'
import { unreadable } from './format.ts'
import { createLineReader } from './lines.ts'

/** The name of a range file: the first five digits of its hashes, as downloaders write it. */
const RANGE_FILE = /^([0-9a-f]{5})(?:\.txt)?$/i
const CHUNK_BYTES = 1 << 20

/** What was met on the way. */
export type Tally = {
  files: number
  /** Files in folders whose names are not those of range files. */
  ignored: number
}

/** The prefix that a range file's name holds, or undefined. */
export function rangeOf(name: string): string | undefined {
  return RANGE_FILE.exec(name)?.[1]?.toUpperCase()
}

/**
 * The keys of all sources, a piece at a time, as pairs of words: each source is a list of hashes,
 * or a folder of range files. Throws `breach-list-unreadable` for what is missing or no list, and
 * for a folder without a range file: better no filter than an empty one.
 */
export async function* readSources(
  sources: readonly string[],
  tally: Tally,
): AsyncGenerator<Uint32Array> {
  const buffer = new Uint8Array(CHUNK_BYTES)
  for (const source of sources) {
    if (await isFolder(source)) yield* readFolder(source, tally, buffer)
    else yield* readList(source, tally, buffer)
  }
}

/** Whether a source is a folder. Throws `breach-list-unreadable` when it is not there. */
export async function isFolder(path: string | URL): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) throw unreadable(`${nameOf(path)} is missing`, error)
    throw error
  }
}

async function* readFolder(
  folder: string,
  tally: Tally,
  buffer: Uint8Array,
): AsyncGenerator<Uint32Array> {
  const before = tally.files
  for await (const entry of await opendir(folder, { bufferSize: 1024 })) {
    if (rangeOf(entry.name) === undefined) tally.ignored += 1
    else yield* readList(join(folder, entry.name), tally, buffer)
  }
  if (tally.files === before) throw unreadable(`${basename(folder)} has no range files`)
}

/**
 * Reads without yielding to the event loop: there are a million range files, and asynchronous calls
 * would take four times as long for each. Whoever takes the keys awaits its writes.
 */
function* readList(path: string, tally: Tally, buffer: Uint8Array): Generator<Uint32Array> {
  const name = basename(path)
  const reader = createLineReader(name, rangeOf(name))
  const file = openSync(path, 'r')
  try {
    for (let length = readSync(file, buffer); length > 0; length = readSync(file, buffer)) {
      yield reader.push(buffer.subarray(0, length))
    }
    yield reader.end()
  } finally {
    closeSync(file)
  }
  tally.files += 1
}

/** Opens a file for reading. Throws `breach-list-unreadable` when it is not there, or no file. */
export async function openList(path: string | URL): Promise<FileHandle> {
  if (await isFolder(path)) throw unreadable(`${nameOf(path)} is a folder`)
  return open(path, 'r')
}

function nameOf(path: string | URL): string {
  return basename(path instanceof URL ? path.pathname : path)
}
