import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { serialize } from 'node:v8'
import { readLink } from '../../src/protocol/log/link.ts'
import { fiveYears, type FiveYears } from '../harness/five-years.ts'
import { percentile, type Figure } from '../harness/timing.ts'

/** What each of these may take on one core, in milliseconds. */
const LIMIT = 2000
const TIMES = 5
const SCRIPT = join(import.meta.dirname, '../harness/five-years-task.ts')
/** One core, where the system can say so. */
const CORE = process.platform === 'linux' ? ['taskset', '-c', '0'] : []

const TASKS: Readonly<Record<string, string>> = {
  verify: 'cold verify of the log',
  open: 'newest message opened, log verified before',
  'verify and open': 'newest message opened, log verified too',
  card: 'card opens everything and enrols a phone',
  recover: 'the same, with log, and the phone opens it all',
}

/**
 * A household of 24 after five years, 60 epochs and 20,000 messages. Each task runs in a process of
 * its own on one core; medians of five, as parts of the limit of 2 seconds: by the processor's time,
 * which others on the machine hardly change, and by the clock.
 */
export async function bench(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-bench-'))
  try {
    const years = await fiveYears()
    const file = join(folder, 'years')
    await writeFile(file, serialize(years))
    const figures = sizes(years)
    for (const task of Object.keys(TASKS)) figures.push(...(await timed(file, task)))
    return figures
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 20 })
  }
}

async function timed(file: string, task: string): Promise<readonly Figure[]> {
  const taken: { clock: number; cpu: number }[] = []
  for (let count = 0; count < TIMES; count += 1) taken.push(await once(file, task))
  const part = (what: 'clock' | 'cpu'): number =>
    percentile(
      taken.map((one) => one[what]),
      50,
    ) / LIMIT
  const unit = 'of the limit (2 s)'
  return [
    { name: `${TASKS[task]}: cpu`, value: part('cpu'), unit },
    { name: `${TASKS[task]}: clock`, value: part('clock'), unit },
  ]
}

async function once(file: string, task: string): Promise<{ clock: number; cpu: number }> {
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', SCRIPT, file, task]
  const [program = '', ...args] = [...CORE, ...node]
  const { stdout } = await promisify(execFile)(program, args)
  return JSON.parse(stdout) as { clock: number; cpu: number }
}

function sizes({ links, wraps, cardWraps, envelopes }: FiveYears): Figure[] {
  const byOp = Object.entries(Object.groupBy(links, (link) => readLink(link).body.op))
  const kB = (files: readonly Uint8Array[]): number =>
    files.reduce((sum, { length }) => sum + length, 0) / 1000
  return [
    { name: 'log', value: kB(links), unit: 'kB' },
    { name: 'log', value: links.length, unit: 'links' },
    ...byOp.flatMap(([op, some = []]) => [
      { name: `${op}: links`, value: some.length, unit: 'links' },
      { name: `${op}: one link`, value: kB(some) / some.length, unit: 'kB' },
    ]),
    { name: 'wraps', value: wraps.bytes / 1000, unit: 'kB' },
    { name: 'wraps', value: wraps.count, unit: 'wraps' },
    { name: 'wraps of the card', value: cardWraps.length, unit: 'wraps' },
    { name: 'one principal on the card, at most', value: mostEpochs(cardWraps), unit: 'epochs' },
    { name: 'envelopes', value: kB(envelopes), unit: 'kB' },
    { name: 'envelopes', value: envelopes.length, unit: 'envelopes' },
  ]
}

function mostEpochs(wraps: FiveYears['cardWraps']): number {
  const byPrincipal = Object.values(Object.groupBy(wraps, ({ of }) => of))
  return Math.max(...byPrincipal.map((some = []) => some.length))
}
