import type { BreachTarget, Tally } from '../../server/breaches/breaches.ts'
import { createBreaches } from '../../server/breaches/breaches.ts'
import { reachBreaches } from '../../server/breaches/door.ts'
import { systemClock } from '../../server/platform/clock.ts'
import type { Config } from '../../server/platform/config.ts'
import { orSayWhy } from '../command.ts'
import { openFolder, requireFolder } from '../import/folder.ts'
import { type ListFile, listFile } from './files.ts'
import { type Options, readOptions } from './options.ts'
import { type FileReport, readList } from './reading.ts'
import { describeReport, reportOf } from './report.ts'

const USAGE = `pawpost breach import FILE... --source NAME [--found DATE] [--data DIR] [--json]

Finds the accounts whose addresses are on a list that was stolen from somebody else. Their owners are
told once, by mail, and asked for a new password until they have chosen one. Whether the server runs
or is stopped. FILE has a record a line: an address, or address:anything, or CSV with a column named
email; perhaps packed by gzip. Of addresses that nobody here has, nothing is kept.
Stopped or killed, the same command goes on where it was; nobody is told twice.

  --source  whose list it is, in words that the owners know
  --found   the day on which the breach became known, such as 2017-02-28; today if not given.
            Whoever chose their password later is told, and asked for nothing
  --data    folder of everything the server keeps, and
  --vault   socket of a vault in a process of its own, both as for pawpost serve
  --json    print the report as one JSON document
`

/**
 * `pawpost breach import`: prints a report of counts. Throws UsageError on wrong usage. Stopped by
 * `signal` it ends after the batch it is at, with 130; exit code 1 says that a file is damaged.
 */
export async function breachImport(args: string[], signal: AbortSignal): Promise<void> {
  if (args.includes('--help')) return console.log(USAGE)
  const options = readOptions(args, USAGE)
  const { source, isJson } = options
  const files = await Promise.all(options.paths.map(listFile))
  const started = performance.now()
  await orSayWhy(async () => {
    const reports = await readAll(files, options, signal)
    const seconds = (performance.now() - started) / 1000
    const report = reportOf(source, reports, { asked: files.length, seconds })
    console.log(isJson ? JSON.stringify(report) : describeReport(report))
    if (!report.complete) process.exitCode = signal.aborted ? 130 : 1
  })
}

async function readAll(
  files: readonly ListFile[],
  { source, foundAt, config }: Options,
  signal: AbortSignal,
): Promise<FileReport[]> {
  await using opened = await openTarget(config)
  const reports: FileReport[] = []
  for (const file of files) {
    if (signal.aborted) break
    const onProgress = sayProgress(process.stderr)
    const watch = { signal, onProgress }
    reports.push(await readList(file, { source, foundAt }, opened.target, watch))
  }
  return reports
}

/** The server that runs on the folder, or the folder itself. */
async function openTarget(
  config: Config,
): Promise<AsyncDisposable & { readonly target: BreachTarget }> {
  await requireFolder(config.data)
  const running = await reachBreaches(config.data)
  if (running) return { target: running, async [Symbol.asyncDispose]() {} }
  const folder = await openFolder(config)
  const target = createBreaches({ ...folder, clock: systemClock })
  return { target, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() }
}

const EVERY_MS = 2000

/** Tells now and then how far a file is: `41 %, 336,000 records, 12 accounts found`. */
function sayProgress(to: { write(text: string): unknown }) {
  let said = performance.now()
  return ({ bytes: all }: ListFile, { read, found }: Tally, bytes: number): void => {
    const now = performance.now()
    if (now - said < EVERY_MS) return
    said = now
    const percent = Math.min(100, Math.floor((bytes / all) * 100))
    const [records, accounts] = [read.toLocaleString('en'), found.toLocaleString('en')]
    to.write(`${percent} %, ${records} records, ${accounts} accounts found\n`)
  }
}
