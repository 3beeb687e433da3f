import { concatBytes } from '../../protocol/bytes.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { startDownload } from './commands.ts'
import { type Notice, read, type Session, until, watch, write } from './session.ts'
import { parseState, ToyState } from './states.ts'
import type { TransferOptions } from './upload.ts'

const FIRST_SOUND_MS = 5_000
const STALL_MS = 10_000
const HEADER_BYTES = 32

type Download = { readonly parts: Uint8Array[]; size: number; begun: boolean; ended: boolean }

/**
 * Fetches the child's recording (slot 1) as the toy stores it: a 32-byte header and frames of a
 * codec that nobody outside its maker knows (facts, sections 8 and 11), to be kept as they are.
 * Rejects with `toy-failed` (`recording-empty`) when the toy sends less than a header; it stays
 * connected then. `onProgress` counts bytes; the total is unknown and passed as 0.
 */
export async function fetchRecording(
  session: Session,
  options: TransferOptions,
): Promise<Uint8Array> {
  const download: Download = { parts: [], size: 0, begun: false, ended: false }
  const unwatch = watch(session, (notice) => account(download, notice, options))
  try {
    await write(session, 'cmd', startDownload())
    await collect(session, download, options)
  } catch (error) {
    await session.link.close()
    throw error
  } finally {
    unwatch()
  }
  if (download.size < HEADER_BYTES) throw new PawpostError('toy-failed', 'recording-empty')
  return concatBytes(...download.parts)
}

function account(download: Download, notice: Notice, options: TransferOptions): void {
  if (notice.from === 'audioRecv') {
    download.begun = true
    download.parts.push(notice.bytes)
    download.size += notice.bytes.length
    options.onProgress?.(download.size, 0)
  }
  if (notice.from === 'state') {
    if (notice.state === ToyState.downloading) download.begun = true
    else if (download.begun && notice.state === ToyState.idle) download.ended = true
  }
}

async function collect(
  session: Session,
  download: Download,
  { signal }: TransferOptions,
): Promise<void> {
  try {
    const limit = { ms: FIRST_SOUND_MS, reason: 'no-recording', signal }
    await until(session, () => download.begun, limit)
  } catch (error) {
    // A toy that has nothing may begin and end within one packet of the radio: nothing is seen of it.
    await askWhetherEnded(session, download, error)
  }
  while (!download.ended) {
    const before = download.size
    try {
      const moved = (): boolean => download.ended || download.size > before
      await until(session, moved, { ms: STALL_MS, reason: 'recording-stalled', signal })
    } catch (error) {
      await askWhetherEnded(session, download, error)
    }
  }
}

/** The end is a notification that can be missed: when nothing comes any more, read the state. */
async function askWhetherEnded(session: Session, download: Download, error: unknown) {
  if (!(error instanceof PawpostError) || error.code !== 'toy-timeout') throw error
  session.state = parseState(await read(session, 'state'))
  if (session.state !== ToyState.idle) throw error
  download.ended = true
}
