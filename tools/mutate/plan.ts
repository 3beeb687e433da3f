import { dirname } from 'node:path'
import { ran } from './coverage.ts'
import { dependentsOf, type Graph } from './graph.ts'
import type { Mutant } from './mutants.ts'
import type { Pool } from './pool.ts'
import type { Choice, Covered, Trial } from './worker.ts'

/** What each test file covers while nothing is changed: first its loading, then its tests. */
export type Baseline = ReadonlyMap<string, readonly Covered[]>

const PATIENCE_MS = 300_000

/** Runs every test file once. Throws when one fails: nothing can be learnt from such tests. */
export async function takeBaseline(
  pool: Pool,
  tests: readonly string[],
  watched: readonly string[],
): Promise<Baseline> {
  const taken = await Promise.all(
    tests.map(async (test): Promise<[string, readonly Covered[]]> => {
      const outcome = await pool.run({ kind: 'cover', test, watched }, PATIENCE_MS)
      if (outcome.kind !== 'covered') throw new Error(`${test}: ${outcome.kind}`)
      const failed = outcome.parts.find((part) => part.failed !== undefined)
      if (failed)
        throw new Error(`${test}: ${failed.name} fails without a mutant: ${failed.failed}`)
      return [test, outcome.parts]
    }),
  )
  return new Map(taken)
}

/** Which test killed a mutant of the same function last: it is asked first about the next one. */
export type Killers = Map<string, { readonly file: string; readonly test?: number }>

export function placeOf({ file, in: within }: Mutant): string {
  return `${file} ${within}`
}

type Ranked = { readonly number: number; readonly rank: number; readonly ms: number }

/**
 * The trial of a mutant: every test that runs the changed place, or that comes from a file which
 * runs it while it is loaded; the likeliest to notice come first. And how long one step of it may take.
 */
export function planTrial(
  mutant: Mutant,
  { graph, baseline, killers }: { graph: Graph; baseline: Baseline; killers: Killers },
): { readonly trial: Trial; readonly timeoutMs: number } {
  const renewed = dependentsOf(graph, mutant.file)
  const killer = killers.get(placeOf(mutant))
  const files = [...baseline]
    .filter(([file]) => renewed.has(file))
    .map(([file, parts]) => {
      const tests = rankTests(mutant, parts, killer?.file === file ? killer.test : undefined)
      const ms = tests.reduce((sum, test) => sum + test.ms, parts[0]?.ms ?? 0)
      const asked = killer?.file === file ? -1 : Math.min(...tests.map(({ rank }) => rank))
      const away = dirname(file) === dirname(mutant.file) ? 0 : 1
      const longest = Math.max(parts[0]?.ms ?? 0, ...tests.map((test) => test.ms))
      return { file, tests, ms, away, asked, longest, of: parts.length - 1 }
    })
    .filter(({ tests }) => tests.length > 0)
    .sort((a, b) => a.asked - b.asked || a.away - b.away || a.ms - b.ms)
  const tests: Choice[] = files.map(({ file, of, tests: chosen }) => ({
    file,
    of,
    numbers: chosen.map(({ number }) => number),
  }))
  const { file, start, end, text } = mutant
  const trial = { file, edit: { start, end, text }, renewed: [...renewed], tests }
  return { trial, timeoutMs: 6 * Math.max(0, ...files.map(({ longest }) => longest)) }
}

function rankTests(
  mutant: Mutant,
  [loading, ...tests]: readonly Covered[],
  killer: number | undefined,
): readonly Ranked[] {
  const atLoad = ran(loading?.coverage[mutant.file], mutant.start)
  return tests
    .map(({ name, coverage, ms }, number): Ranked => {
      const direct = ran(coverage[mutant.file], mutant.start)
      if (!direct && !atLoad) return { number, ms, rank: Infinity }
      if (number === killer) return { number, ms, rank: -1 }
      if (speaksOf(name, mutant)) return { number, ms, rank: 0 }
      return { number, ms, rank: direct ? 1 : 2 }
    })
    .filter(({ rank }) => rank < Infinity)
    .sort((a, b) => a.rank - b.rank || a.ms - b.ms)
}

/** Whether a test's name holds one of the reason codes in the mutant's lines. */
function speaksOf(name: string, { was }: Mutant): boolean {
  const codes = [...was.matchAll(/'([a-z]+(?:-[a-z]+)+)'/g)].map(([, code = '']) => code)
  return codes.some((code) => name.includes(code))
}
