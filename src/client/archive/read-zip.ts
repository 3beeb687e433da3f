import { z } from 'zod'
import { openFromArchive, type ArchiveLock } from '../../keys/archive.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { SOUND_BYTES, voiceNote, type ArchivedVoice } from './format.ts'
import { INDEX_FILE, INDEX_FORMAT } from './write-zip.ts'
import { openZipFile, type ZipSource } from './zip-file.ts'

/** An age file adds its header and 16 bytes to every 64 KiB. */
const SEALED_BYTES = SOUND_BYTES + 4096
const INDEX_BYTES = 64 * 1024 * 1024

const index = z.object({
  format: z.literal(INDEX_FORMAT),
  v: z.literal(1),
  voices: z.array(voiceNote.extend({ file: z.string().max(400) })),
})

/**
 * The voices of an archive's ZIP file, opened with its line. Somebody may have made it to do harm:
 * sizes are bounded before anything is unpacked. Throws `archive-unreadable` and `archive-locked`.
 */
export async function* readZip(
  source: ZipSource,
  lock: Pick<ArchiveLock, 'identity'>,
): AsyncGenerator<ArchivedVoice> {
  const zip = await openZipFile(source)
  const list = await openFromArchive(lock, await zip.read(INDEX_FILE, INDEX_BYTES))
  for (const { file, ...note } of listedIn(list)) {
    const sound = await openFromArchive(lock, await zip.read(file, SEALED_BYTES))
    if (sound.length === 0 || sound.length > SOUND_BYTES) {
      throw new PawpostError('archive-unreadable', 'size')
    }
    yield { ...note, sound }
  }
}

function listedIn(json: Uint8Array): z.infer<typeof index>['voices'] {
  try {
    return index.parse(JSON.parse(new TextDecoder().decode(json))).voices
  } catch (cause) {
    throw new PawpostError('archive-unreadable', 'index', { cause })
  }
}
