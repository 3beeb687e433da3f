import { collect, type Collecting } from '../../client/archive/collect.ts'
import { dayStamp, type Archive } from '../../client/archive/format.ts'
import { writePage } from '../../client/archive/write-page.ts'
import { writeZip } from '../../client/archive/write-zip.ts'
import type { Client } from '../../client/client.ts'
import { noteExport } from '../../client/exported.ts'
import { newArchiveLock, type ArchiveLock } from '../../keys/archive.ts'
import { archive as words, archivePage } from './archive-texts.ts'
import { openSink, type Sink } from './saving.ts'

/** What was made: a file, and, for locked files, the line that opens it. */
export type Made = { readonly file: string; readonly lock?: ArchiveLock }

type Watching = Required<Pick<Collecting, 'signal' | 'onProgress'>>

/** The time zone in which this person lives. */
function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** Makes the page with everything. Call it from a click. */
export async function makePage(client: Client, watching: Watching): Promise<Made> {
  const file = words.pageFile(dayStamp(client.now(), zoneHere()))
  const sink = await openSink(file, 'text/html')
  await pour(client, sink, watching, (archive) => writePage(archive, archivePage))
  return { file }
}

/** Makes the locked files, under a fresh lock. Call it from a click. */
export async function makeFiles(client: Client, watching: Watching): Promise<Made> {
  const file = words.filesFile(dayStamp(client.now(), zoneHere()))
  const sink = await openSink(file, 'application/zip')
  const lock = await newArchiveLock()
  await pour(client, sink, watching, (archive) => writeZip(archive, archivePage, lock))
  return { file, lock }
}

async function pour(
  client: Client,
  sink: Sink,
  watching: Watching,
  write: (archive: Archive) => AsyncIterable<Uint8Array>,
): Promise<void> {
  try {
    const archive = await collect(client, { zone: zoneHere(), ...watching })
    for await (const piece of write(archive)) {
      watching.signal.throwIfAborted()
      await sink.write(Uint8Array.from(piece))
    }
  } catch (error) {
    await sink.drop()
    throw error
  }
  await sink.keep()
  await noteExport(client)
}
