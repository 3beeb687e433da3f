import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { UsageError } from '../../protocol/usage.ts'
import { documentsOf, linesOf, type Piece } from './pieces.ts'

/** What is looked for, in the order in which it is read: who invited must be there first. */
export const KINDS = ['User', 'FriendRecord', 'Profile', 'VoiceMessage'] as const
export type Kind = (typeof KINDS)[number]
export type Format = 'json' | 'bson'

export type ExportFile = {
  readonly path: string
  readonly kind: Kind
  readonly format: Format
  readonly isPacked: boolean
  readonly bytes: number
}

/** As mongoexport and mongodump name them; Parse Server puts `_` before its own collections. */
const NAME = /^_?(User|FriendRecord|Profile|VoiceMessage)s?\.(json|jsonl|ndjson|bson)(\.gz)?$/i
const CHUNK_BYTES = 256 * 1024

/**
 * The files of an export, out of folders (and what lies below them, as mongodump leaves it) and
 * files, in reading order. Throws UsageError when there is none, or more than one of a kind.
 */
export async function findExport(places: readonly string[]): Promise<ExportFile[]> {
  const found = (await Promise.all(places.map(filesIn))).flat()
  for (const kind of KINDS) {
    const [one, other] = found.filter((file) => file.kind === kind)
    if (one && other) throw new UsageError(`Two files of ${kind}: ${one.path} and ${other.path}`)
  }
  if (found.length === 0) {
    throw new UsageError(
      `Nothing to import: there is no ${KINDS.join(', ')} (.json or .bson, perhaps .gz)`,
    )
  }
  return found.toSorted((one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind))
}

async function filesIn(place: string): Promise<ExportFile[]> {
  const info = await stat(place).catch((error: unknown) => {
    throw new UsageError(`${place} cannot be read`, { cause: error })
  })
  if (!info.isDirectory()) {
    const file = await exportFile(place)
    if (!file) throw new UsageError(`${place} is not named like a file of an export`)
    return [file]
  }
  const names = await readdir(place, { recursive: true })
  const files = await Promise.all(names.map((name) => exportFile(join(place, name))))
  return files.filter((file) => file !== undefined)
}

async function exportFile(path: string): Promise<ExportFile | undefined> {
  const [, word = '', ending = '', packed] = NAME.exec(basename(path)) ?? []
  const kind = KINDS.find((each) => each.toLowerCase() === word.toLowerCase())
  const info = kind && (await stat(path))
  if (!kind || !info?.isFile()) return undefined
  const format = ending.toLowerCase() === 'bson' ? 'bson' : 'json'
  return { path, kind, format, isPacked: packed !== undefined, bytes: info.size }
}

/** SHA-256 of a file as it lies there: an import that goes on must not go on in another one. */
export async function digestOf({ path }: Pick<ExportFile, 'path'>): Promise<Uint8Array> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    hash.update(chunk as Uint8Array)
  }
  return hash.digest()
}

/** The records of a file. `onBytes` hears how many bytes of the file were read. */
export async function* piecesOf(
  { path, format, isPacked }: Pick<ExportFile, 'path' | 'format' | 'isPacked'>,
  onBytes: (count: number) => void,
): AsyncGenerator<Piece[]> {
  const packed = counted(createReadStream(path, { highWaterMark: CHUNK_BYTES }), onBytes)
  // The error reaches whoever reads the unpacked side.
  const chunks = isPacked ? pipeline(packed, createGunzip(), () => undefined) : packed
  try {
    yield* format === 'bson' ? documentsOf(chunks) : linesOf(chunks)
  } catch (error) {
    if (!isDamage(error)) throw error
    yield ['file-damaged']
  }
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  onBytes: (count: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onBytes(chunk.length)
    yield chunk
  }
}

/** zlib's own errors: the packed file is cut off or damaged. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}

/** Whether a file of lines is one JSON array instead, as `mongoexport --jsonArray` writes it. */
export async function isArray({ path, format, isPacked }: ExportFile): Promise<boolean> {
  if (format === 'bson' || isPacked) return false
  await using file = await open(path)
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, 0)
  return buffer[0] === '['.charCodeAt(0)
}
