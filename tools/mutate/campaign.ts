import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../run.ts'
import { importGraph } from './graph.ts'
import { keyOf, mutantsOf, type Mutant, type MutantKey } from './mutants.ts'
import { createMemory } from './memory.ts'
import { planTrial, takeBaseline } from './plan.ts'
import { createPool, type Outcome } from './pool.ts'

/** Mutants of one place that change nothing anybody could notice, and why. */
export type Equivalent = Omit<MutantKey, 'now'> & {
  readonly now: readonly string[]
  readonly because: string
}

/** What is mutated, which tests are asked, and which mutants are known to be equivalent. */
export type Suite = {
  readonly sources: readonly string[]
  readonly tests: readonly string[]
  readonly equivalent: readonly Equivalent[]
}

export type Options = {
  readonly workers: number
  /** How long each step of a trial may take beside what it takes without a mutant, times six. */
  readonly patienceMs?: number
  /** Only so many mutants, drawn by this seed among those that are not listed as equivalent. */
  readonly sample?: { readonly size: number; readonly seed: number }
  readonly onResult?: (result: Result, done: number, of: number) => void
}

/** What became of a mutant. `listed`: it is known to be equivalent, and did survive. */
export type Fate = 'killed' | 'survived' | 'listed' | 'listed but killed'
export type Result = { readonly mutant: Mutant; readonly fate: Fate; readonly by?: string }

export type Report = {
  readonly results: readonly Result[]
  /** Entries of the list that name no mutant any more. */
  readonly stale: readonly MutantKey[]
}

/** Tries every mutant (or a sample) against the tests. Throws when the tests fail without one. */
export async function campaign(suite: Suite, options: Options): Promise<Report> {
  const mutants = (await Promise.all(suite.sources.map(mutantsIn))).flat()
  const known = new Set(mutants.map(keyOf))
  const entries = suite.equivalent.flatMap(({ file, in: place, was, now }) =>
    now.map((each) => ({ file, in: place, was, now: each })),
  )
  const listed = new Set(entries.map(keyOf))
  const { sample } = options
  const open = sample ? mutants.filter((mutant) => !listed.has(keyOf(mutant))) : mutants
  const chosen = sample ? draw(open, sample.size, sample.seed) : open
  const results = await tryAll(chosen, suite, listed, options)
  return { results, stale: entries.filter((entry) => !known.has(keyOf(entry))) }
}

async function mutantsIn(file: string): Promise<readonly Mutant[]> {
  return mutantsOf(file, await readFile(join(ROOT, file), 'utf8'))
}

async function tryAll(
  mutants: readonly Mutant[],
  { sources, tests }: Suite,
  listed: ReadonlySet<string>,
  { workers, onResult, patienceMs = 10_000 }: Options,
): Promise<readonly Result[]> {
  const graph = await importGraph(tests)
  const baseline = await withPool(workers, (pool) => takeBaseline(pool, tests, sources))
  const memory = createMemory()
  let done = 0
  return withPool(workers, (pool) =>
    eachInTurn(mutants, workers, async (mutant) => {
      const { trial, timeoutMs } = planTrial(mutant, { graph, baseline, memory })
      const outcome = await pool.run({ kind: 'try', trial }, patienceMs + timeoutMs)
      memory.learn(mutant, trial.tests, outcome.kind === 'killed' ? outcome : undefined)
      const result = { mutant, ...fateOf(outcome, listed.has(keyOf(mutant))) }
      onResult?.(result, (done += 1), mutants.length)
      return result
    }),
  )
}

async function withPool<T>(
  workers: number,
  use: (pool: ReturnType<typeof createPool>) => Promise<T>,
): Promise<T> {
  using pool = createPool(workers)
  return await use(pool)
}

/** Runs `work` for each, so many at a time, in order: what the first ones teach helps the next. */
async function eachInTurn<T, R>(
  all: readonly T[],
  atOnce: number,
  work: (one: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  const waiting = all.entries()
  const lane = async (): Promise<void> => {
    for (const [at, one] of waiting) results[at] = await work(one)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return results
}

function fateOf(outcome: Outcome, listed: boolean): { fate: Fate; by?: string } {
  if (outcome.kind === 'covered') throw new Error('the wrong answer')
  if (outcome.kind === 'survived') return { fate: listed ? 'listed' : 'survived' }
  const by = outcome.kind === 'killed' ? outcome.by : outcome.kind
  return { fate: listed ? 'listed but killed' : 'killed', by }
}

/** A sample without repetition, the same for the same seed. */
function draw<T>(from: readonly T[], size: number, seed: number): readonly T[] {
  const random = generator(seed)
  return from
    .map((one) => ({ one, place: random() }))
    .sort((a, b) => a.place - b.place)
    .slice(0, size)
    .map(({ one }) => one)
}

/** Numbers from 0 to 1 out of a seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
