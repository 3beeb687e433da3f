import assert from 'node:assert/strict'
import { test } from 'node:test'
import { campaign, type Equivalent, type Report, type Suite } from '../../tools/mutate/campaign.ts'
import { mutantsOf } from '../../tools/mutate/mutants.ts'
import { figuresOf, passes, tell } from '../../tools/mutate/report.ts'
import { keyPlane } from '../../tools/mutate/suite.ts'

const GATE = 'test/mutate/planted/gate.ts'
const planted: Suite = {
  sources: [GATE],
  tests: ['test/mutate/planted/gate-tests.ts'],
  equivalent: [],
}
const quick = { workers: 2, patienceMs: 1500 }

function changes({ results }: Report, fate: string): readonly string[] {
  return results
    .filter((result) => result.fate === fate)
    .map(({ mutant }) => `${mutant.was} => ${mutant.now}`)
    .sort()
}

const removed: Equivalent = {
  file: GATE,
  in: 'enters',
  was: 'if (!ticket) return false',
  now: ['if (false) return false'],
  because: 'a test of the campaign says so',
}

test('a check that no test tries is found, each of its mutants; a check that is tried is not', async () => {
  const report = await campaign(planted, quick)
  assert.deepEqual(changes(report, 'survived'), [
    'if (!ticket) return false => if (!ticket) return true',
    'if (!ticket) return false => if (false) return false',
  ])
  assert.ok(
    changes(report, 'killed').includes('if (age < 3) return false => if (false) return false'),
  )
  assert.ok(
    changes(report, 'killed').includes('if (age < 3) return false => if (age < 4) return false'),
  )
  const endless = report.results.find(({ mutant }) => mutant.was === 'left -= 2')
  assert.deepEqual([endless?.fate, endless?.by], ['killed', 'timed-out'])
  assert.equal(passes(report), false)
  assert.ok(
    tell(report).some((line) => line.includes('survived: test/mutate/planted/gate.ts enters')),
  )
  const { mutants, killed, survivors } = figuresOf(report)
  assert.deepEqual([survivors, killed], [2, mutants - 2])
})

test('a survivor may be listed; an entry that is killed or names nothing may not', async () => {
  const listed = await campaign({ ...planted, equivalent: [removed] }, quick)
  assert.deepEqual(changes(listed, 'listed').length, 1)
  assert.deepEqual(changes(listed, 'survived').length, 1)
  const killed = {
    ...removed,
    was: 'if (age < 3) return false',
    now: ['if (age < 4) return false'],
  }
  const gone = { ...removed, was: 'if (age < 99) return false' }
  const report = await campaign({ ...planted, equivalent: [killed, gone] }, quick)
  assert.equal(changes(report, 'listed but killed').length, 1)
  assert.deepEqual(
    report.stale.map(({ was }) => was),
    [gone.was],
  )
  assert.equal(passes(report), false)
  assert.equal(passes({ results: [], stale: [] }), true)
  assert.equal(passes({ results: [], stale: report.stale }), false)
})

test('tests that fail without a mutant are no tests', async () => {
  const failing = { ...planted, tests: ['test/mutate/planted/failing-tests.ts'] }
  await assert.rejects(campaign(failing, quick), /fails without a mutant/)
})

test('every kind of check is mutated', () => {
  const now = (source: string): readonly string[] =>
    mutantsOf('x.ts', source).map((mutant) => mutant.now)
  const cases: readonly (readonly [source: string, ...expected: string[]])[] = [
    ["demand(ok, 'why')", ';', "demand(!(ok), 'why')", "demand(ok, 'why~')"],
    ['if (a) throw b', 'if (!(a)) throw b', 'if (false) throw b'],
    ['x = a && b', ';', 'x = a', 'x = b'],
    ['f(a <= b)', ';', 'f(a < b)', 'f(a > b)'],
    ['const x = a.every(b)', 'const x = a.some(b)'],
    ['const x = concatBytes(a, b)', 'const x = concatBytes(b)', 'const x = concatBytes(a)'],
    ['const x = z.array(y).max(8)', 'const x = z.array(y)', '… 9', '… (7)'],
    ["refuse('reason')", ';', "refuse('reason~')"],
    ['const MOST = 16 * 1024', 'const MOST = (16 * 1024 + 1)', 'const MOST = (16 * 1024 - 1)'],
    ['const x = { ...before, until }', 'const x = { ...before }'],
    ['const x = /^a$/u', 'const x = /a$/u', 'const x = /^a/u'],
    ['function f(): boolean { return g }', '… { return true }', '… { return false }'],
    ['function f(): void { g() }', 'function f(): void {}', 'function f(): void { ; }'],
    ["const t: 'a' | 'b' = x as 'c'"],
    ["import { a } from './b.ts'"],
    ["throw new RangeError('not so')"],
  ]
  for (const [source, ...expected] of cases) {
    const made = now(source)
    assert.equal(made.length, expected.length, `${source}: ${made.join(' | ')}`)
    for (const one of expected) {
      const end = one.replace('… ', '')
      assert.ok(
        made.some((each) => each === one || (end !== one && each.includes(end))),
        `${one} of ${source}: ${made.join(' | ')}`,
      )
    }
  }
})
const SAMPLE = { size: 40, seed: 2017 }

test(`${SAMPLE.size} mutants of the key plane, drawn by ${SAMPLE.seed}: none survives`, async (t) => {
  const report = await campaign(keyPlane(), { workers: 2, sample: SAMPLE })
  for (const line of tell(report)) t.diagnostic(line)
  assert.equal(report.results.length, SAMPLE.size)
  assert.ok(passes(report), 'npm run mutate tells all')
})
