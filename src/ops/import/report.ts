import { basename } from 'node:path'
import type { FileReport } from './importing.ts'
import { LEFT_OUT, REFUSALS, type LeftOut, type Refusal } from './records.ts'
import { isDamaged, leftOutOfAll, reasonsOf, type Refused, type Tally } from './tally.ts'

/** What an import did, over all its runs. It names records by their place in a file, nobody else. */
export type Report = {
  /** Whether every file was read to its end; otherwise the same command goes on. */
  readonly complete: boolean
  readonly accounts: Result
  readonly invitations: Result
  readonly leftOut: Readonly<Record<LeftOut, number>>
  readonly files: readonly FileLine[]
  readonly seconds: number
  /** Bytes. */
  readonly peakMemory: number
}

/** Counts; `refused` with the first places of each reason. */
export type Result = {
  readonly read: number
  readonly imported: number
  readonly known: number
  readonly refused: Readonly<Partial<Record<Refusal, Refused>>>
}
type FileLine = {
  readonly file: string
  readonly records: number
  readonly complete: boolean
  readonly damaged: boolean
}

/** `asked` is how many files there are; a run that was stopped reports on fewer. */
export function reportOf(files: readonly FileReport[], asked: number, seconds: number): Report {
  return {
    complete:
      files.length === asked && files.every(({ isDone, tally }) => isDone && !isDamaged(tally)),
    accounts: resultOf(files, 'User'),
    invitations: resultOf(files, 'FriendRecord'),
    leftOut: leftOutOfAll(files.map(({ tally }) => tally)),
    files: files.map(({ file, tally, isDone }) => ({
      file: basename(file.path),
      records: tally.read,
      complete: isDone,
      damaged: isDamaged(tally),
    })),
    seconds: Math.round(seconds * 1000) / 1000,
    peakMemory: process.resourceUsage().maxRSS * 1024,
  }
}

function resultOf(files: readonly FileReport[], kind: 'User' | 'FriendRecord'): Result {
  const tally: Tally | undefined = files.find(({ file }) => file.kind === kind)?.tally
  const { read = 0, imported = 0, known = 0, refused = {} } = tally ?? {}
  return { read, imported, known, refused }
}

/** The report for people. */
export function describeReport(report: Report): string {
  const { accounts, invitations, leftOut, files, complete } = report
  const lines = [
    ...describeResult('Accounts', accounts),
    ...describeResult('Waiting invitations', invitations),
    'Left out, because it was in the clear once; families type it in again:',
    ...(Object.entries(leftOut) as [LeftOut, number][]).map(
      ([what, count]) => `  ${number(count)} ${LEFT_OUT[what]}`,
    ),
    ...files
      .filter(({ damaged }) => damaged)
      .map(({ file }) => `${file} is damaged and was not read to its end.`),
    complete ? 'The import is complete.' : 'The import is not complete.',
  ]
  return lines.join('\n')
}

function describeResult(title: string, { read, imported, known, refused }: Result): string[] {
  const again = known > 0 ? `, ${number(known)} there already` : ''
  const reasons = reasonsOf({ refused }).map(([reason, { count, records }]) => {
    const more = count > records.length ? ' …' : ''
    const where = `${records.length > 1 ? 'records' : 'record'} ${records.join(', ')}${more}`
    return `  ${number(count)} refused: ${REFUSALS[reason]} (${where})`
  })
  return [`${title}: ${number(imported)} of ${number(read)} records${again}`, ...reasons]
}

function number(count: number): string {
  return count.toLocaleString('en').padStart(9)
}
