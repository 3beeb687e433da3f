import { inflateSync } from 'fflate'
import { PawpostError } from '../../protocol/errors.ts'

/** A file that can be read in any place: a Blob in a browser, a handle on the command line. */
export interface ZipSource {
  readonly size: number
  read(from: number, to: number): Promise<Uint8Array>
}

type Entry = {
  readonly at: number
  readonly method: number
  readonly packed: number
  readonly size: number
}

export type ZipFile = {
  /** The bytes of a file in it. Throws `archive-unreadable`. */
  read(name: string, most: number): Promise<Uint8Array>
}

// APPNOTE.TXT 4.3: the directory at the end is what counts; what lies before it is found by it.
const END_BYTES = 22
const LONGEST_COMMENT = 65_535
const END_SIGNATURE = 0x06054b50
const ENTRY_SIGNATURE = 0x02014b50
const LOCAL_SIGNATURE = 0x04034b50
const LOCAL_BYTES = 30
const DIRECTORY_BYTES = 64 * 1024 * 1024

/** Reads the directory of a ZIP file; its files are read one by one. Throws `archive-unreadable`. */
export async function openZipFile(source: ZipSource): Promise<ZipFile> {
  const entries = directoryOf(await directoryBytes(source))
  return {
    async read(name, most) {
      const entry = entries.get(name)
      if (!entry || entry.size > most || entry.packed > most + 65_536) throw unreadable()
      return unpacked(entry, await packedBytes(source, entry))
    },
  }
}

async function directoryBytes(source: ZipSource): Promise<DataView> {
  const from = Math.max(0, source.size - END_BYTES - LONGEST_COMMENT)
  const tail = viewOf(await source.read(from, source.size))
  const end = lastSignature(tail)
  const size = tail.getUint32(end + 12, true)
  const at = tail.getUint32(end + 16, true)
  if (size > DIRECTORY_BYTES || at + size > from + end) throw unreadable()
  return viewOf(await source.read(at, at + size))
}

function lastSignature(tail: DataView): number {
  for (let at = tail.byteLength - END_BYTES; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) === END_SIGNATURE) return at
  }
  throw unreadable()
}

function directoryOf(view: DataView): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>()
  for (let at = 0; at < view.byteLength;) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== ENTRY_SIGNATURE) {
      throw unreadable()
    }
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true))
    const end = at + 46 + (name ?? 0)
    if (end > view.byteLength) throw unreadable()
    entries.set(textOf(view, at + 46, end), {
      at: view.getUint32(at + 42, true),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
    })
    at = end + (extra ?? 0) + (comment ?? 0)
  }
  return entries
}

async function packedBytes(source: ZipSource, { at, packed }: Entry): Promise<Uint8Array> {
  if (at + LOCAL_BYTES > source.size) throw unreadable()
  const local = viewOf(await source.read(at, at + LOCAL_BYTES))
  if (local.getUint32(0, true) !== LOCAL_SIGNATURE) throw unreadable()
  const from = at + LOCAL_BYTES + local.getUint16(26, true) + local.getUint16(28, true)
  if (from + packed > source.size) throw unreadable()
  return source.read(from, from + packed)
}

/** Plain, or deflated by somebody who packed it anew: never into more than it says. */
function unpacked({ method, size }: Entry, bytes: Uint8Array): Uint8Array {
  if (method === 0 && bytes.length === size) return bytes
  if (method !== 8) throw unreadable()
  try {
    const plain = inflateSync(bytes, { out: new Uint8Array(size) })
    if (plain.length === size) return plain
  } catch {
    // Falls through: it is as unreadable as any other.
  }
  throw unreadable()
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function textOf(view: DataView, from: number, to: number): string {
  return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + from, to - from))
}

function unreadable(): PawpostError {
  return new PawpostError('archive-unreadable')
}
