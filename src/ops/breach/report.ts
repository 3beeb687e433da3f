import { basename } from 'node:path'
import type { FileReport } from './reading.ts'

/** What came of the lists, over all runs that it took. Counts and names of files, no addresses. */
export type Report = {
  /** Whether every file was read to its end; otherwise the same command goes on. */
  readonly complete: boolean
  readonly source: string
  readonly records: number
  readonly noAddress: number
  /** Accounts that are noted now, and those that were noted for this source before. */
  readonly found: number
  readonly known: number
  readonly files: readonly {
    readonly file: string
    readonly complete: boolean
    readonly damaged: boolean
  }[]
  readonly seconds: number
  /** Bytes, of this process. */
  readonly peakMemory: number
}

/** `asked` is how many files there are; a run that was stopped reports on fewer. */
export function reportOf(
  source: string,
  files: readonly FileReport[],
  { asked, seconds }: { asked: number; seconds: number },
): Report {
  const sum = (name: keyof FileReport['tally']): number =>
    files.reduce((total, { tally }) => total + tally[name], 0)
  return {
    complete: files.length === asked && files.every(({ isDone }) => isDone),
    source,
    records: sum('read'),
    noAddress: sum('noAddress'),
    found: sum('found'),
    known: sum('known'),
    files: files.map(({ file, isDone, isDamaged }) => ({
      file: basename(file.path),
      complete: isDone,
      damaged: isDamaged,
    })),
    seconds: Math.round(seconds * 1000) / 1000,
    peakMemory: process.resourceUsage().maxRSS * 1024,
  }
}

/** The report for people. */
export function describeReport(report: Report): string {
  const { records, noAddress, found, known, source, files, complete } = report
  const lines = [
    `${number(records)} records read, ${noAddress.toLocaleString('en')} of them without an address`,
    `${number(found)} accounts found; their owners are told by mail while the server runs`,
    `${number(known)} accounts that were noted for ${source} before`,
    ...files
      .filter(({ damaged }) => damaged)
      .map(({ file }) => `${file} is damaged and was not read to its end.`),
    complete ? 'The list is read.' : 'Not everything is read: the same command goes on.',
  ]
  return lines.join('\n')
}

function number(count: number): string {
  return count.toLocaleString('en').padStart(13)
}
