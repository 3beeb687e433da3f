import { dirname } from 'node:path'
import { PawpostError } from '../../protocol/errors.ts'
import type { Disk } from './disk.ts'

/** What a file holds, counted up with every change: of two copies the higher number is newer. */
export type Numbered = { readonly n: number }

/** Reads the bytes of a file; undefined when they are not what was written. */
export type Reader<T extends Numbered> = (bytes: Uint8Array) => T | undefined

/** Written in this order. */
const COPIES = ['a', 'b'] as const

/** The files in which {@link writeCopies} keeps what is called `path`. */
export function copiesOf(path: string): readonly string[] {
  return COPIES.map((copy) => `${path}.${copy}`)
}

/**
 * What {@link writeCopies} wrote last, undefined if it never did. A copy that is missing, damaged
 * or older than the other is made anew from it. Throws `internal` with `vault-damaged` when no copy
 * can be read: what was in it must not be taken for nothing.
 */
export async function readCopies<T extends Numbered>(
  disk: Disk,
  path: string,
  read: Reader<T>,
): Promise<T | undefined> {
  const files = copiesOf(path)
  const found = await Promise.all(files.map((file) => disk.read(file)))
  if (found.every((bytes) => bytes === undefined)) return undefined
  const { value, bytes } = newestOf(found, read)
  for (const [index, file] of files.entries()) {
    if (!isSame(found[index], bytes)) await replace(disk, file, bytes)
  }
  return value
}

function newestOf<T extends Numbered>(
  [first, second]: readonly (Uint8Array | undefined)[],
  read: Reader<T>,
): { value: T; bytes: Uint8Array } {
  const different = first && isSame(second, first) ? [first] : [first, second]
  const [newest] = different
    .flatMap((bytes) => {
      const value = bytes && read(bytes)
      return bytes && value ? [{ bytes, value }] : []
    })
    .sort((one, other) => other.value.n - one.value.n)
  if (!newest) throw new PawpostError('internal', 'vault-damaged')
  return newest
}

function isSame(found: Uint8Array | undefined, bytes: Uint8Array): boolean {
  return found !== undefined && Buffer.compare(found, bytes) === 0
}

/**
 * Keeps bytes in two copies. A crash at any moment leaves what was there before or these bytes: the
 * second copy is touched only when the first is safe.
 */
export async function writeCopies(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  for (const file of copiesOf(path)) await replace(disk, file, bytes)
}

/**
 * Takes both copies away, and what a crash left beside them; their bytes are overwritten, as far as a
 * file system lets us. A crash at any moment leaves what was there before, or less. Repeatable.
 */
export async function removeCopies(disk: Disk, path: string): Promise<void> {
  for (const file of copiesOf(path)) {
    for (const each of [`${file}.new`, file]) await remove(disk, each)
  }
}

async function remove(disk: Disk, file: string): Promise<void> {
  await using before = await disk.grip(file)
  if (!before) return
  await disk.remove(file)
  await disk.syncFolder(dirname(file))
  await before.wipe()
}

/**
 * Written beside, synced, renamed, folder synced; then what was there before is overwritten, as far
 * as a file system lets us. The name beside is always the same: what a crash left there goes with
 * the next change.
 */
async function replace(disk: Disk, file: string, bytes: Uint8Array): Promise<void> {
  const beside = `${file}.new`
  await using before = await disk.grip(file)
  await disk.write(beside, bytes)
  await disk.sync(beside)
  await disk.rename(beside, file)
  await disk.syncFolder(dirname(file))
  await before?.wipe()
}
