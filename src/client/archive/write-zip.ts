import { Zip, ZipPassThrough } from 'fflate'
import { sealForArchive, type ArchiveLock } from '../../keys/archive.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { ArchiveWords } from './archive-words.ts'
import { safeName, uniqueNames } from './file-names.ts'
import { dayStamp, stampOf, type Archive, type ArchivedVoice, type VoiceNote } from './format.ts'

export const INDEX_FILE = 'index.json.age'
export const INDEX_FORMAT = 'pawpost-archive'
const README_FILE = 'README.txt'

/** Where a ZIP file ends: beyond this its numbers are too small (APPNOTE.TXT 4.4.1.4). */
export const LIMITS = { bytes: 0xf0000000, files: 0xf000 }

type Listed = VoiceNote & { readonly file: string }

/**
 * The archive as a ZIP file: every sound a plain .ogg inside a standard age file for the one
 * recipient, with a list of them, sealed likewise, and a text that says how they open. Written piece
 * by piece, so that no more than one voice is in memory. What is sealed does not compress.
 */
export async function* writeZip(
  archive: Archive,
  words: ArchiveWords,
  lock: Pick<ArchiveLock, 'recipient'>,
): AsyncGenerator<Uint8Array> {
  if (archive.count > LIMITS.files) throw new PawpostError('archive-too-large')
  const zip = openZip(archive.about.at)
  const { about } = archive
  const nameOf = uniqueNames()
  const listed: Listed[] = []
  yield* zip.add(README_FILE, new TextEncoder().encode(readMe(archive, words)))
  for await (const { sound, ...note } of archive.voices()) {
    const name = nameOf(fileOf(note, about.zone, words))
    const file = `voices/${name}.ogg.age`
    listed.push({ ...note, file })
    yield* zip.add(file, await sealForArchive(lock, sound))
  }
  const index = { format: INDEX_FORMAT, v: 1, about, voices: listed }
  const json = new TextEncoder().encode(`${JSON.stringify(index, null, 1)}\n`)
  yield* zip.add(INDEX_FILE, await sealForArchive(lock, json))
  yield* zip.end()
}

function fileOf(
  { from, to, at }: Omit<ArchivedVoice, 'sound'>,
  zone: string,
  words: ArchiveWords,
): string {
  const names = safeName(words.fileOf({ from: from || words.somebody, to }))
  return `${stampOf(at, zone)} ${names}`.trim()
}

function readMe({ about, count }: Archive, words: ArchiveWords): string {
  const text = words.readMe({ family: about.family, day: dayStamp(about.at, about.zone), count })
  // As the oldest editors of Windows want it.
  return text.replaceAll('\n', '\r\n')
}

type OpenZip = {
  add(name: string, bytes: Uint8Array): Generator<Uint8Array>
  end(): Generator<Uint8Array>
}

function openZip(at: number): OpenZip {
  const ready: Uint8Array[] = []
  let size = 0
  const zip = new Zip((error, piece) => {
    if (error) throw error
    ready.push(piece)
  })
  function* taken(): Generator<Uint8Array> {
    yield* ready.splice(0)
  }
  return {
    *add(name, bytes) {
      size += bytes.length
      if (size > LIMITS.bytes) throw new PawpostError('archive-too-large')
      const entry = new ZipPassThrough(name)
      entry.mtime = at
      zip.add(entry)
      entry.push(bytes, true)
      yield* taken()
    },
    *end() {
      zip.end()
      yield* taken()
    },
  }
}
