import { BATCH, type BreachTarget, type List, type Tally } from '../../server/breaches/breaches.ts'
import { digestOf, piecesOf } from '../import/export-files.ts'
import type { ListFile } from './files.ts'
import { createReader } from './lines.ts'

/** What came of one file. */
export type FileReport = {
  readonly file: ListFile
  readonly tally: Tally
  /** Whether it was read to its end. */
  readonly isDone: boolean
  /** Whether it is cut off or damaged: a packed file is then read no further. */
  readonly isDamaged: boolean
}

export type Watch = {
  readonly signal: AbortSignal
  /** Hears, after each batch, how many bytes of the file were read. */
  readonly onProgress: (file: ListFile, tally: Tally, bytes: number) => void
}

const NOTHING: Tally = { read: 0, noAddress: 0, found: 0, known: 0 }

/** The records of one batch: how many, and the addresses they hold. */
type Batch = { read: number; readonly addresses: string[] }

/** Hands the addresses of a file to a target, from where an earlier run was cut off. */
export async function readList(
  file: ListFile,
  about: Omit<List, 'file'>,
  target: BreachTarget,
  { signal, onProgress }: Watch,
): Promise<FileReport> {
  const list: List = { ...about, file: await digestOf(file) }
  let tally = (await target.begin(list)) ?? NOTHING
  let bytes = 0
  const state = { isDamaged: false }
  for await (const batch of batchesOf(file, tally.read, (count) => (bytes += count), state)) {
    if (signal.aborted) return { file, tally, isDone: false, isDamaged: false }
    const { read, addresses } = batch
    const before = {
      ...tally,
      read: tally.read + read,
      noAddress: tally.noAddress + read - addresses.length,
    }
    tally = await target.take(list, addresses, before)
    onProgress(file, tally, bytes)
  }
  const isDone = !state.isDamaged
  if (isDone) await target.end(list)
  return { file, tally, isDone, isDamaged: state.isDamaged }
}

/** The records behind the first `skip`, in batches. */
async function* batchesOf(
  file: ListFile,
  skip: number,
  onBytes: (count: number) => void,
  state: { isDamaged: boolean },
): AsyncGenerator<Batch> {
  const reader = createReader()
  let batch: Batch = { read: 0, addresses: [] }
  let record = 0
  for await (const pieces of piecesOf(file, onBytes)) {
    for (const piece of pieces) {
      if (piece === 'file-damaged') state.isDamaged = true
      const found = typeof piece === 'string' ? [] : reader(Buffer.from(piece).toString())
      if (!found || (record += 1) <= skip) continue
      batch.read += 1
      batch.addresses.push(...found)
      if (batch.read < BATCH) continue
      yield batch
      batch = { read: 0, addresses: [] }
    }
  }
  if (batch.read > 0) yield batch
}
