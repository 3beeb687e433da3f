import { resolve } from 'node:path'
import { UsageError } from '../../protocol/usage.ts'
import { buildFilter } from '../../server/passwords/breached/build.ts'
import type { FingerprintBits } from '../../server/passwords/breached/shape.ts'
import { openSorted } from '../../server/passwords/breached/sorted.ts'
import { readSources, type Tally } from '../../server/passwords/breached/sources.ts'
import { readFlags } from '../command.ts'

const USAGE = `pawpost pwned build SOURCE... --out FILE [--bits 16|8 --confirm SORTED]

Turns lists of breached passwords into one filter file. A SOURCE is a folder of range files, as the
downloaders of Have I Been Pwned write them, or a file of SHA1:COUNT or SHA1 lines. It needs 8 bytes
of disk beside FILE for each line while it works, and little memory.

  --bits     16: one good password in 65,536 is refused for nothing, 17.5 bits per entry (the default)
             8: one in 256, at half the size; only together with a list that confirms
  --confirm  the sorted list that will confirm hits of a filter of 8 bits
`

type Options = {
  readonly sources: readonly string[]
  readonly out: string
  readonly bits: FingerprintBits
  readonly confirm: string | undefined
}

/**
 * `pawpost pwned build`: prints one JSON document of what it made. Throws UsageError on wrong usage.
 * Stopped by `signal`, it leaves nothing behind and ends with 130.
 */
export async function pwnedBuild(args: string[], signal: AbortSignal): Promise<void> {
  if (args.includes('--help')) return console.log(USAGE)
  const { sources, out, bits, confirm } = readOptions(args)
  if (confirm !== undefined) await (await openSorted(confirm)).close()
  const tally: Tally = { files: 0, ignored: 0 }
  const started = performance.now()
  try {
    const built = await buildFilter(readSources(sources, tally), { out, bits, signal })
    const bitsPerEntry = round((built.bytes * 8) / built.entries)
    const seconds = round((performance.now() - started) / 1000)
    const peakMemory = process.resourceUsage().maxRSS * 1024
    console.log(JSON.stringify({ ...built, ...tally, bits, bitsPerEntry, seconds, peakMemory }))
  } catch (error) {
    if (!signal.aborted) throw error
    process.exitCode = 130
  }
}

function readOptions(args: string[]): Options {
  const { values, positionals } = parse(args)
  const { out, bits = '16', confirm } = values
  if (out === undefined || positionals.length === 0) throw new UsageError(USAGE)
  if (positionals.some((source) => resolve(source) === resolve(out))) throw new UsageError(USAGE)
  if (bits !== '8' && bits !== '16') throw new UsageError(USAGE)
  if (bits === '8' && confirm === undefined) throw new UsageError(USAGE)
  return { sources: positionals, out, bits: bits === '8' ? 8 : 16, confirm }
}

function parse(args: string[]): {
  values: { out?: string; bits?: string; confirm?: string }
  positionals: string[]
} {
  const options = {
    out: { type: 'string' },
    bits: { type: 'string' },
    confirm: { type: 'string' },
  } as const
  return readFlags(USAGE, { args, allowPositionals: true, options })
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
