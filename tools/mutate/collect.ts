import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * What a worker gives test files instead of node:test: their tests are collected, so that one of
 * them can be run without the others, again and again in one process. Only what these tests use.
 */

type Deed = () => unknown
/** What a test is handed. */
type Context = {
  readonly name: string
  readonly after: (deed: Deed) => void
  readonly diagnostic: () => void
  readonly test: (name: string, body: Body) => Promise<void>
}
type Body = (context: Context) => unknown
type Options = { readonly skip?: boolean | string; readonly todo?: boolean | string }

type Suite = {
  readonly name: string
  readonly hooks: Readonly<Record<'before' | 'after' | 'beforeEach' | 'afterEach', Deed[]>>
  readonly parts: (Suite | Test)[]
  /** Bodies of `describe` that have not come to their end. */
  readonly open: Promise<unknown>[]
  begun: boolean
}

/** A collected test: its name with those of its suites, and how to run it. It throws if it fails. */
export type Test = { readonly name: string; readonly run: () => Promise<void> }

const current = new AsyncLocalStorage<Suite>()

function suite(name: string): Suite {
  const hooks = { before: [], after: [], beforeEach: [], afterEach: [] }
  return { name, hooks, parts: [], open: [], begun: false }
}

function here(): Suite {
  const found = current.getStore()
  if (!found) throw new Error('a test outside of any file')
  return found
}

/** The tests of one file, and what is to be done when the last of them has been run. */
export type Collected = { readonly tests: readonly Test[]; readonly end: () => Promise<void> }

/** Collects what importing a test file registers. */
export async function collect(load: () => Promise<unknown>): Promise<Collected> {
  const top = suite('')
  await current.run(top, load)
  await settled(top)
  return { tests: flat(top, []), end: () => finish(top) }
}

async function settled({ open, parts }: Suite): Promise<void> {
  await Promise.all(open)
  for (const part of parts) if ('parts' in part) await settled(part)
}

function flat(at: Suite, around: readonly Suite[]): readonly Test[] {
  const suites = [...around, at]
  return at.parts.flatMap((part) => ('parts' in part ? flat(part, suites) : within(part, suites)))
}

function within({ name, run }: Test, suites: readonly Suite[]): Test {
  const names = [...suites.slice(1).map((each) => each.name), name]
  return { name: names.join(' > '), run: () => runWithin(run, suites) }
}

async function runWithin(run: Deed, suites: readonly Suite[]): Promise<void> {
  for (const each of suites) await begin(each)
  for (const { hooks } of suites) await all(hooks.beforeEach)
  try {
    await run()
  } finally {
    for (const { hooks } of suites) await all(hooks.afterEach)
  }
}

async function begin(each: Suite): Promise<void> {
  if (each.begun) return
  each.begun = true
  await all(each.hooks.before)
}

async function finish({ begun, hooks, parts }: Suite): Promise<void> {
  for (const part of parts) if ('parts' in part) await finish(part)
  if (begun) await all(hooks.after)
}

async function all(deeds: readonly Deed[]): Promise<void> {
  for (const deed of deeds) await deed()
}

/** node:test's `test`. */
export function test(name: string, ...rest: readonly [Options, Body] | readonly [Body]): void {
  const [options, body] = rest.length === 2 ? rest : [{}, rest[0]]
  if (options.skip || options.todo) return
  here().parts.push({ name, run: () => runBody(name, body) })
}

/** node:test's `it`. */
export const it = test

async function runBody(name: string, body: Body): Promise<void> {
  const last: Deed[] = []
  const context: Context = {
    name,
    after: (deed) => void last.push(deed),
    diagnostic: () => undefined,
    test: runBody,
  }
  try {
    await body(context)
  } finally {
    await all(last.toReversed())
  }
}

/** node:test's `describe`. */
export function describe(name: string, body: Deed): void {
  const outer = here()
  const inner = suite(name)
  outer.parts.push(inner)
  inner.open.push(current.run(inner, async () => body()))
}

export function before(deed: Deed): void {
  here().hooks.before.push(deed)
}

export function after(deed: Deed): void {
  here().hooks.after.push(deed)
}

export function beforeEach(deed: Deed): void {
  here().hooks.beforeEach.push(deed)
}

export function afterEach(deed: Deed): void {
  here().hooks.afterEach.push(deed)
}
