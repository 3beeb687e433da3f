import { UsageError } from '../../protocol/usage.ts'
import type { Config } from '../../server/platform/config.ts'
import { configBy, orSayWhy, readFlags, SETTINGS } from '../command.ts'
import { type ExportFile, findExport, isArray } from './export-files.ts'
import { openFolder } from './folder.ts'
import { type FileReport, importFile } from './importing.ts'
import { sayProgress } from './progress.ts'
import { describeReport, reportOf } from './report.ts'

const USAGE = `pawpost import cloudpets EXPORT... [--data DIR] [--json]

Brings accounts and open invitations over from a CloudPets database, while the server is stopped.
EXPORT is a folder, or files: User, FriendRecord, Profile, VoiceMessage (or _User and so on), each
.json as mongoexport writes it (one document a line) or .bson as mongodump does, perhaps with .gz.

Accounts keep address and password; the address must have been confirmed, the hash be bcrypt.
Pending invitations become waiting ones, without names. Everything else is counted and left out.
Stopped or killed, the same command goes on where it was.

  --data   folder of everything the server keeps, and
  --vault  socket of a vault in a process of its own, both as for pawpost serve
  --json   print the report as one JSON document
`

type Options = {
  readonly places: readonly string[]
  readonly isJson: boolean
  readonly config: Config
}

/**
 * `pawpost import cloudpets`: prints a report. Throws UsageError on wrong usage. Stopped by `signal`
 * it ends after the batch it is at, with 130; exit code 1 says that a file is damaged.
 */
export async function importCloudpets(args: string[], signal: AbortSignal): Promise<void> {
  if (args.includes('--help')) return console.log(USAGE)
  const { places, isJson, config } = readOptions(args)
  const files = await findExport(places)
  await refuseArrays(files)
  const started = performance.now()
  await orSayWhy(async () => {
    const reports = await importAll(files, config, signal)
    const report = reportOf(reports, files.length, (performance.now() - started) / 1000)
    console.log(isJson ? JSON.stringify(report) : describeReport(report))
    if (!report.complete) process.exitCode = signal.aborted ? 130 : 1
  })
}

async function importAll(
  files: readonly ExportFile[],
  config: Config,
  signal: AbortSignal,
): Promise<FileReport[]> {
  await using folder = await openFolder(config)
  const reports: FileReport[] = []
  for (const file of files) {
    if (signal.aborted) break
    const onProgress = sayProgress(process.stderr)
    reports.push(await importFile(file, folder.target, { signal, onProgress }))
  }
  return reports
}

async function refuseArrays(files: readonly ExportFile[]): Promise<void> {
  for (const file of files) {
    if (!(await isArray(file))) continue
    throw new UsageError(
      `${file.path} is one JSON array. Run mongoexport again, without --jsonArray.`,
    )
  }
}

function readOptions(args: string[]): Options {
  const options = { ...SETTINGS, vault: { type: 'string' }, json: { type: 'boolean' } } as const
  const { values, positionals } = readFlags(USAGE, { args, options, allowPositionals: true })
  if (positionals.length === 0) throw new UsageError(USAGE)
  const { json = false, ...settings } = values
  return { places: positionals, isJson: json, config: configBy(settings) }
}
