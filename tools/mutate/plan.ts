import { dirname } from 'node:path'
import { ran } from './coverage.ts'
import { dependentsOf, type Graph } from './graph.ts'
import type { Memory } from './memory.ts'
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

type Ranked = {
  readonly number: number
  readonly ms: number
  /** The lower, the sooner. */
  readonly rank: number
}

/**
 * The trial of a mutant: every test that runs the changed place, or that comes from a file which
 * runs it while it is loaded; the likeliest to notice come first, and of two alike the quicker. And
 * how long one step of it may take.
 */
export function planTrial(
  mutant: Mutant,
  { graph, baseline, memory }: { graph: Graph; baseline: Baseline; memory: Memory },
): { readonly trial: Trial; readonly timeoutMs: number } {
  const renewed = dependentsOf(graph, mutant.file)
  const files = [...baseline]
    .filter(([file]) => renewed.has(file))
    .map(([file, parts]) => planFile(mutant, { file, parts, memory }))
    .filter(({ choice }) => choice.numbers.length > 0)
    .sort((a, b) => a.rank - b.rank || b.worth - a.worth)
  const { file, start, end, text } = mutant
  const edit = { start, end, text }
  const trial = { file, edit, renewed: [...renewed], tests: files.map(({ choice }) => choice) }
  return { trial, timeoutMs: 6 * Math.max(0, ...files.map(({ longest }) => longest)) }
}

type Planned = {
  readonly choice: Choice
  readonly rank: number
  readonly longest: number
  /** Chance to notice the mutant for each millisecond. */
  readonly worth: number
}

function planFile(
  mutant: Mutant,
  { file, parts, memory }: { file: string; parts: readonly Covered[]; memory: Memory },
): Planned {
  const load = parts[0]?.ms ?? 0
  const tests = rankTests(mutant, parts, (test) => memory.times(mutant, file, test))
  const ms = tests.reduce((sum, test) => sum + test.ms, load)
  const near = dirname(file) === dirname(mutant.file) ? 3 : 1
  return {
    choice: { file, of: parts.length - 1, numbers: tests.map(({ number }) => number) },
    rank: Math.min(tests[0]?.rank ?? Infinity, 0),
    longest: Math.max(load, ...tests.map((test) => test.ms)),
    worth: (near * memory.chance(mutant, file)) / ms,
  }
}

function rankTests(
  mutant: Mutant,
  [loading, ...tests]: readonly Covered[],
  times: (test: number) => { here: number; near: number },
): readonly Ranked[] {
  const atLoad = ran(loading?.coverage[mutant.file], mutant.start)
  return tests
    .map(({ name, coverage, ms }, number): Ranked => {
      const direct = ran(coverage[mutant.file], mutant.start)
      if (!direct && !atLoad) return { number, ms, rank: Infinity }
      const { here, near } = times(number)
      const spoken = speaksOf(name, mutant) ? 100 : 0
      const likely = 10 * Math.min(here, 20) + spoken + Math.min(near, 9)
      return { number, ms, rank: (direct ? 0 : 1000) - likely }
    })
    .filter(({ rank }) => rank < Infinity)
    .sort((a, b) => a.rank - b.rank || a.ms - b.ms)
}

/** Whether a test's name holds one of the reason codes in the mutant's lines. */
function speaksOf(name: string, { was }: Mutant): boolean {
  const codes = [...was.matchAll(/'([a-z]+(?:-[a-z]+)+)'/g)].map(([, code = '']) => code)
  return codes.some((code) => name.includes(code))
}
