import { open, readFile, rename, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { archiveTexts } from '../../client/archive/archive-texts.ts'
import { bringArchive } from '../../client/archive/bring.ts'
import { collect } from '../../client/archive/collect.ts'
import { dayStamp, type ArchivedVoice } from '../../client/archive/format.ts'
import { readPage } from '../../client/archive/read-page.ts'
import { readZip } from '../../client/archive/read-zip.ts'
import { writePage } from '../../client/archive/write-page.ts'
import { writeZip } from '../../client/archive/write-zip.ts'
import type { Client } from '../../client/client.ts'
import { deletionOf, endFamily } from '../../client/ending.ts'
import { noteExport } from '../../client/exported.ts'
import { keepsakes } from '../../client/keepsakes.ts'
import { newArchiveLock } from '../../keys/archive.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { stepOrWarn, type Call, type ClientCommand } from './command.ts'

/** Taking everything along, bringing it, and ending a family. */
export const ARCHIVE_COMMANDS: Readonly<Record<string, ClientCommand>> = {
  export: {
    usage:
      'export --out DIR   (a page to listen to, and locked files with the line that opens them)',
    options: ['out'],
    needs: ['out'],
    words: 0,
    run: async (client, { options, warn }) => {
      await stepOrWarn(client, warn)
      return exportTo(client, options['out'] ?? '')
    },
  },
  import: {
    usage: 'import FILE [--identity FILE]   (an archive: its page, or its locked files)',
    options: ['identity'],
    words: 1,
    run: async (client, call) => {
      await stepOrWarn(client, call.warn)
      const file = call.words[0] ?? ''
      return withFile(file, async (handle, size) => {
        return bringArchive(client, await voicesIn(handle, size, call))
      })
    },
  },
  keepsakes: {
    usage: 'keepsakes   (the voices out of archives)',
    options: [],
    words: 0,
    run: async (client, { warn }) => {
      await stepOrWarn(client, warn)
      return (await keepsakes(client)).map(({ message, from, to, at, durationMs }) => ({
        message,
        from,
        to,
        at: new Date(at).toISOString(),
        durationMs,
      }))
    },
  },
  'family end': {
    usage: 'family end   (the last guardian: deletes the family for everybody, for ever)',
    options: [],
    words: 0,
    run: async (client) => {
      const known = await deletionOf(client)
      return (known ?? (await endFamily(client))).certificate
    },
  },
}

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

async function exportTo(client: Client, folder: string): Promise<object> {
  const lock = await newArchiveLock()
  const archive = await collect(client, { zone: ZONE })
  const day = dayStamp(archive.about.at, ZONE)
  const page = join(folder, `pawpost-family-${day}.html`)
  const files = join(folder, `pawpost-voices-${day}.zip`)
  await writeAll(page, writePage(archive, archiveTexts))
  await writeAll(files, writeZip(archive, archiveTexts, lock))
  await noteExport(client)
  return { page, files, identity: lock.identity, voices: archive.count }
}

/** Written beside and renamed: a file of this name is a whole one. */
async function writeAll(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const beside = `${path}.part`
  try {
    await using file = await open(beside, 'w', 0o600)
    for await (const piece of pieces) await file.write(piece)
    await file.sync()
    await rename(beside, path)
  } catch (cause) {
    await rm(beside, { force: true })
    throw cause instanceof PawpostError ? cause : unusable(cause)
  }
}

async function withFile<T>(
  path: string,
  work: (handle: FileHandle, size: number) => Promise<T>,
): Promise<T> {
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw unusable(cause)
  })
  await using file = handle
  return await work(file, (await file.stat()).size)
}

function unusable(cause: unknown): PawpostError {
  return new PawpostError('archive-unreadable', undefined, { cause })
}

async function voicesIn(
  handle: FileHandle,
  size: number,
  call: Pick<Call, 'options' | 'readSecret'>,
): Promise<AsyncIterable<ArchivedVoice>> {
  const read = async (from: number, to: number): Promise<Uint8Array> => {
    const { buffer } = await handle.read(new Uint8Array(to - from), 0, to - from, from)
    return buffer
  }
  const start = new TextDecoder().decode(await read(0, Math.min(2, size)))
  if (start !== 'PK') return readPage(piecesOf(read, size))
  return readZip({ size, read }, { identity: await identityOf(call) })
}

async function identityOf({
  options,
  readSecret,
}: Pick<Call, 'options' | 'readSecret'>): Promise<string> {
  const { identity } = options
  if (identity === undefined) return (await readSecret({ says: 'Opening line' })) ?? ''
  const text = await readFile(identity, 'utf8').catch((cause: unknown) => {
    throw unusable(cause)
  })
  return text.split('\n').find((line) => line.startsWith('AGE-SECRET-KEY-')) ?? ''
}

const PIECE = 1 << 20

async function* piecesOf(
  read: (from: number, to: number) => Promise<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; at += PIECE) yield read(at, Math.min(size, at + PIECE))
}
