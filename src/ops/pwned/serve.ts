import { PawpostError } from '../../protocol/errors.ts'
import { UsageError } from '../../protocol/usage.ts'
import { aborted } from '../../server/platform/http/events.ts'
import { startRangeServer } from '../../server/passwords/breached/range-server.ts'
import { ALL_RANGES, openRanges, type Ranges } from '../../server/passwords/breached/ranges.ts'
import { readFlags } from '../command.ts'

const USAGE = `pawpost pwned serve --ranges DIR|SORTED [--host 127.0.0.1] [--port 8085]

Answers GET /range/PREFIX as Have I Been Pwned does, with padding when asked, from a folder of range
files or one sorted list. It speaks HTTP without TLS: for another host than this one, put a proxy in
front.
`

const PORT = 8085

/** `pawpost pwned serve`: serves until `signal` aborts. Throws UsageError on wrong usage. */
export async function pwnedServe(args: string[], signal: AbortSignal): Promise<void> {
  if (args.includes('--help')) return console.log(USAGE)
  const options = readOptions(args)
  const ranges = await openRanges(options.ranges)
  try {
    warnOfGaps(ranges)
    await using server = await startRangeServer(ranges, options, sayError)
    console.log(`Breached passwords are served at ${server.origin}/range/`)
    await aborted(signal)
  } finally {
    await ranges.close()
  }
}

/** What is not there is answered as unknown, as the protocol has it; the operator should know. */
function warnOfGaps({ files }: Ranges): void {
  if (files === undefined || files >= ALL_RANGES) return
  const [has, all] = [files.toLocaleString('en'), ALL_RANGES.toLocaleString('en')]
  console.error(`Only ${has} of ${all} ranges are here: passwords of the others count as unknown.`)
}

/** The reason names a file or a range, never a whole hash. */
function sayError(error: unknown): void {
  console.error(error instanceof PawpostError ? `${error.message} (${error.reason})` : error)
}

function readOptions(args: string[]): { ranges: string; host: string; port: number } {
  const { ranges, host = '127.0.0.1', port = String(PORT) } = parse(args)
  const valid = /^\d{1,5}$/.test(port) && Number(port) < 65_536
  if (ranges === undefined || !valid) throw new UsageError(USAGE)
  return { ranges, host, port: Number(port) }
}

function parse(args: string[]): { ranges?: string; host?: string; port?: string } {
  const options = {
    ranges: { type: 'string' },
    host: { type: 'string' },
    port: { type: 'string' },
  } as const
  return readFlags(USAGE, { args, options }).values
}
