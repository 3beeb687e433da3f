import { randomBytes, randomInt } from 'node:crypto'
import { opendir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isSystemError } from '../../platform/files.ts'
import { unreadable } from './format.ts'
import { MAX_LINE } from './lines.ts'
import { MAX_RANGE, openSorted } from './sorted.ts'
import { isFolder, rangeOf } from './sources.ts'

/** Hashes by their first five digits. */
export interface Ranges {
  /** How many of the 1,048,576 ranges are there; undefined for a sorted file, which has them all. */
  readonly files: number | undefined
  /** `SUFFIX:COUNT` of every hash of a range, upper case, in order; none where nothing is known. */
  lines(prefix: string): Promise<readonly string[]>
  close(): Promise<void>
}

export const ALL_RANGES = 16 ** 5
const PREFIX = /^[0-9A-F]{5}$/
const LINE = /^([0-9A-F]{35}):(\d+)$/
/** As Have I Been Pwned pads: to a random number of lines from 800 to 1,000. */
const PADDED = { least: 800, most: 1000 }
const PADDING_STEP = 200

/** The prefix in the form that {@link Ranges} takes, or undefined if it is none. */
export function readPrefix(text: string): string | undefined {
  const prefix = text.toUpperCase()
  return PREFIX.test(prefix) ? prefix : undefined
}

/**
 * Opens a folder of range files (`5BAA6` or `5BAA6.txt`) or one sorted list. Throws
 * `breach-list-unreadable` where there is neither.
 */
export async function openRanges(path: string): Promise<Ranges> {
  if (await isFolder(path)) return openFolder(path)
  const sorted = await openSorted(path)
  return { files: undefined, lines: (prefix) => sorted.range(prefix), close: () => sorted.close() }
}

async function openFolder(folder: string): Promise<Ranges> {
  const { files, spell } = await survey(folder)
  return {
    files,
    async lines(prefix) {
      const path = join(folder, spell(prefix))
      const text = await readRange(path)
      return linesOf(text, prefix)
    },
    close: async () => undefined,
  }
}

/** Counts a folder's range files and learns how their names are spelled. */
async function survey(
  folder: string,
): Promise<{ files: number; spell: (prefix: string) => string }> {
  let files = 0
  let some = ''
  for await (const { name } of await opendir(folder, { bufferSize: 1024 })) {
    if (rangeOf(name) === undefined) continue
    files += 1
    // A name of digits alone does not tell how letters are spelled.
    if (some === '' || /[a-f]/i.test(name.slice(0, 5))) some = name
  }
  if (files === 0) throw unreadable('no range files')
  const lower = /[a-f]/.test(some.slice(0, 5))
  const rest = some.slice(5)
  return { files, spell: (prefix) => (lower ? prefix.toLowerCase() : prefix) + rest }
}

async function readRange(path: string): Promise<string> {
  try {
    const { size } = await stat(path)
    if (size > MAX_RANGE * MAX_LINE) throw unreadable('a range file is too long')
    return await readFile(path, 'latin1')
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return ''
    throw error
  }
}

function linesOf(text: string, prefix: string): readonly string[] {
  const lines = text
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .toUpperCase()
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
  if (!lines.every((line) => LINE.test(line))) throw unreadable(`range ${prefix}`)
  return lines.filter((line) => !/:0+$/.test(line)).sort()
}

/**
 * The lines of a range among others whose count is 0, so that the length of an encrypted answer
 * does not tell which range it was: a random number from 800 to 1,000, and for a longer range one
 * from its length to the next step of 200.
 */
export function padded(lines: readonly string[]): readonly string[] {
  const least = Math.max(PADDED.least, lines.length)
  const most = Math.max(PADDED.most, Math.ceil((lines.length + 1) / PADDING_STEP) * PADDING_STEP)
  const missing = randomInt(least, most + 1) - lines.length
  const padding = Array.from({ length: missing }, () => {
    return `${randomBytes(18).toString('hex').slice(1).toUpperCase()}:0`
  })
  return [...lines, ...padding].sort()
}
