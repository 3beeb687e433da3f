import {
  type AccountOutcome,
  type AccountTarget,
  BATCH,
  type FileDigest,
  type InvitationOutcome,
  type NewAccount,
  type NewInvitation,
  type Progress,
} from '../../server/accounts/imports.ts'
import { type Fields, fieldsOf } from './documents.ts'
import { digestOf, type ExportFile, piecesOf } from './export-files.ts'
import type { Piece } from './pieces.ts'
import { leftOutOf, readFriend, readUser, type Refusal } from './records.ts'
import { copyOf, countLeftOut, countRefused, newTally, type Tally } from './tally.ts'

export type FileReport = {
  readonly file: ExportFile
  readonly tally: Tally
  /** Whether it was read to its end; it is not when the import was stopped. */
  readonly isDone: boolean
}

export type Watch = {
  readonly signal: AbortSignal
  /** Hears what was read so far, after each batch. */
  readonly onProgress: (report: FileReport, bytes: number) => void
}

/** A record with its place in the file, from 1. */
type Numbered = { readonly record: number; readonly piece: Piece }

/** A record that can become something, with its place. */
type Candidate<T> = { readonly record: number; readonly value: T }

/**
 * Brings the records of one file to a target, from where an earlier run was cut off. Everything that
 * comes of a batch is remembered with the batch.
 */
export async function importFile(
  file: ExportFile,
  target: AccountTarget,
  { signal, onProgress }: Watch,
): Promise<FileReport> {
  const digest = await digestOf(file)
  const before = await target.begin(digest, file.kind)
  let tally = (before?.tally as Tally | null | undefined) ?? newTally()
  if (before?.isDone) return { file, tally, isDone: true }
  let records = before?.records ?? 0
  let bytes = 0
  for await (const batch of batchesOf(file, records, (count) => (bytes += count))) {
    if (signal.aborted) return { file, tally, isDone: false }
    tally = await bring({ file, target, digest }, batch, tally)
    records = batch.at(-1)?.record ?? records
    onProgress({ file, tally, isDone: false }, bytes)
  }
  await target.advance(digest, { records, tally, isDone: true })
  return { file, tally, isDone: true }
}

/** The records behind the first `skip`, in batches. */
async function* batchesOf(
  file: ExportFile,
  skip: number,
  onBytes: (count: number) => void,
): AsyncGenerator<Numbered[]> {
  let batch: Numbered[] = []
  let record = 0
  for await (const pieces of piecesOf(file, onBytes)) {
    for (const piece of pieces) {
      record += 1
      if (record > skip) batch.push({ record, piece })
      if (batch.length < BATCH) continue
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

type Way = {
  readonly file: ExportFile
  readonly target: AccountTarget
  readonly digest: FileDigest
}

/** Brings one batch to the target; returns the tally with it. */
async function bring(way: Way, batch: readonly Numbered[], before: Tally): Promise<Tally> {
  const tally = copyOf(before)
  const records = batch.at(-1)?.record ?? 0
  const settled = (): Progress => ({ records, tally, isDone: false })
  const { target, digest, file } = way
  if (file.kind === 'User') {
    const users = candidatesIn(file, batch, tally, readUser)
    await target.insertAccounts(digest, valuesOf(users), (outcomes) => {
      countOutcomes(tally, users, outcomes)
      return settled()
    })
  } else if (file.kind === 'FriendRecord') {
    const friends = candidatesIn(file, batch, tally, readFriend)
    await target.insertInvitations(digest, valuesOf(friends), (outcomes) => {
      countOutcomes(tally, friends, outcomes)
      return settled()
    })
  } else {
    candidatesIn(file, batch, tally, () => undefined)
    await target.advance(digest, settled())
  }
  return tally
}

function valuesOf<T>(candidates: readonly Candidate<T>[]): T[] {
  return candidates.map(({ value }) => value)
}

function countOutcomes(
  tally: Tally,
  candidates: readonly Candidate<NewAccount | NewInvitation>[],
  outcomes: readonly (AccountOutcome | InvitationOutcome)[],
): void {
  for (const [place, { record }] of candidates.entries()) {
    const outcome = outcomes[place]
    if (outcome === 'imported') tally.imported += 1
    else if (outcome === 'known') tally.known += 1
    else if (outcome) countRefused(tally, outcome, record)
  }
}

type Read<T> = (fields: Fields) => T | Refusal | 'friendships' | undefined

/** Counts the records of a batch; returns those that `read` makes something of. */
function candidatesIn<T extends object>(
  file: ExportFile,
  batch: readonly Numbered[],
  tally: Tally,
  read: Read<T>,
): Candidate<T>[] {
  return batch.flatMap(({ record, piece }) => {
    const value = valueOf(file, piece, tally, read)
    if (typeof value === 'object') return [{ record, value }]
    if (value === 'friendships') countLeftOut(tally, value)
    else if (value !== undefined) countRefused(tally, value, record)
    return []
  })
}

function valueOf<T extends object>(
  { kind, format }: ExportFile,
  piece: Piece,
  tally: Tally,
  read: Read<T>,
): ReturnType<Read<T>> {
  if (piece.length === 0) return undefined
  tally.read += 1
  if (typeof piece === 'string') return piece
  const fields = fieldsOf(piece, format)
  if (!fields) return 'record-unreadable'
  for (const what of leftOutOf(kind, fields)) countLeftOut(tally, what)
  return read(fields)
}
