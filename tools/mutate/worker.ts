import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { constants, setPriority } from 'node:os'
import { ROOT } from '../run.ts'
import { collect, type Collected, type Test } from './collect.ts'
import { watchCoverage, type Coverage } from './coverage.ts'
import { installLoader, startGeneration, urlOf } from './loader.ts'
import { mutated } from './mutants.ts'
import type { Edit } from './rules.ts'

/**
 * A process that runs tests for the campaign: a whole file with its coverage, or a choice of tests
 * against one mutant. One order at a time comes over the channel, one answer goes back.
 */
export type Order =
  | { readonly kind: 'cover'; readonly test: string; readonly watched: readonly string[] }
  | { readonly kind: 'try'; readonly trial: Trial }

/** One mutant and the tests that may notice it, by file and in order. */
export type Trial = {
  readonly file: string
  readonly edit: Edit
  /** The files to load anew: all that import the changed one. */
  readonly renewed: readonly string[]
  readonly tests: readonly Choice[]
}

/** Tests of one file by number; `of` is how many the file has without a mutant. */
export type Choice = {
  readonly file: string
  readonly of: number
  readonly numbers: readonly number[]
}

/** What one test of a file covers, and how long it takes. The first entry is the loading itself. */
export type Covered = {
  readonly name: string
  readonly ms: number
  readonly coverage: Coverage
  readonly failed?: string
}

/** Said before each step of a trial: it may take long in all, but no step may. */
export type Going = { readonly kind: 'going' }

export type Answer =
  | { readonly kind: 'covered'; readonly parts: readonly Covered[] }
  | { readonly kind: 'survived' }
  | { readonly kind: 'killed'; readonly by: string; readonly test?: number; readonly file: string }

let generation = 0

async function answer(order: Order): Promise<Answer> {
  generation += 1
  return order.kind === 'cover' ? cover(order.test, order.watched) : attempt(order.trial)
}

type Watch = Awaited<ReturnType<typeof watchCoverage>>
let watching: Promise<Watch> | undefined

async function cover(file: string, watched: readonly string[]): Promise<Answer> {
  startGeneration({ number: generation, renewed: () => true })
  watching ??= watchCoverage((each) => watched.includes(each))
  const take = await watching
  await take()
  const parts: Covered[] = []
  const measure = async (name: string, run: () => Promise<unknown>): Promise<void> => {
    const started = performance.now()
    const failed = await outcome(run)
    const ms = performance.now() - started
    parts.push({ name, ms, coverage: await take(), ...(failed !== undefined && { failed }) })
  }
  let collected: Collected | undefined
  await measure('', async () => (collected = await collect(() => import(urlOf(file)))))
  for (const { name, run } of collected?.tests ?? []) await measure(name, run)
  await collected?.end()
  return { kind: 'covered', parts }
}

async function attempt({ file, edit, renewed, tests }: Trial): Promise<Answer> {
  const source = mutated(await readFile(join(ROOT, file), 'utf8'), edit)
  const renew = new Set(renewed)
  startGeneration({ number: generation, renewed: (each) => renew.has(each), file, source })
  for (const choice of tests) {
    const killed = await attemptFile(choice)
    if (killed) return killed
  }
  return { kind: 'survived' }
}

async function attemptFile({ file, of, numbers }: Choice): Promise<Answer | undefined> {
  let collected: Collected | undefined
  const load = async (): Promise<unknown> => (collected = await collect(() => import(urlOf(file))))
  const failed = await outcome(load)
  if (failed !== undefined) return { kind: 'killed', by: `${file}: ${failed}`, file }
  const { tests, end } = collected ?? { tests: [], end: async () => undefined }
  // A mutant may change how many tests there are; then none can be told by its number.
  const chosen = tests.length === of ? numbers : tests.keys()
  try {
    for (const number of chosen) {
      const by = await failure(tests[number])
      if (by !== undefined) return { kind: 'killed', by: `${file}: ${by}`, test: number, file }
    }
  } finally {
    await outcome(end)
  }
  return undefined
}

async function failure(test: Test | undefined): Promise<string | undefined> {
  if (!test) return undefined
  return (await outcome(test.run)) === undefined ? undefined : test.name
}

/** Why something failed, in one line; nothing when it did not. */
async function outcome(run: () => Promise<unknown>): Promise<string | undefined> {
  process.send?.({ kind: 'going' } satisfies Going)
  try {
    await run()
    return undefined
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)
  }
}

setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
installLoader()
process.on('message', (order: Order) => {
  void answer(order).then((said) => process.send?.(said))
})
process.on('disconnect', () => process.exit())
