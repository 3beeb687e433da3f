import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'

/** docs/features.md: whatever it says a test shows, there is that test. */

const ROOT = join(import.meta.dirname, '../..')
const text = await readFile(join(ROOT, 'docs/features.md'), 'utf8')

const PROOF = /`([^`]+\.test\.ts)`((?: › `[^`]+`)+)/g
const VERDICTS = ['done', 'partly', 'not yet', 'declined']

/** The rows of the table after a heading, cell by cell. */
function rowsOf(heading: string): readonly (readonly string[])[] {
  const from = text.indexOf(`\n## ${heading}`)
  assert.ok(from >= 0, heading)
  const part = text.slice(from + 1).split('\n## ')[0] ?? ''
  const lines = part.split('\n').filter((line) => line.startsWith('|'))
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

type Named = { readonly file: string; readonly name: string }

/** The tests that a text names, by file. */
function testsIn(cell: string): readonly Named[] {
  return [...cell.matchAll(PROOF)].flatMap(([, file = '', names = '']) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => ({ file, name })),
  )
}

/** Whether a file below test/browser has a test of this name, as its source spells it. */
async function exists({ file, name }: Named): Promise<boolean> {
  const path = join(ROOT, 'test/browser', file)
  if (!existsSync(path)) return false
  const source = await readFile(path, 'utf8')
  const names = source.matchAll(/^\s*test\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gm)
  return [...names].some(([, , spelled = '']) => spelled.replaceAll(/\\(.)/g, '$1') === name)
}

test('every test that is named exists', async () => {
  const named = testsIn(text)
  assert.ok(named.length > 80, `${named.length}`)
  for (const one of named) assert.ok(await exists(one), `no test "${one.name}" in ${one.file}`)
})

test('control: a test that does not exist is missed', async () => {
  assert.equal(await exists({ file: 'story.test.ts', name: 'the bear flies' }), false)
  assert.equal(await exists({ file: 'bear.test.ts', name: 'an invitation works once' }), false)
})

test('what the first product could do is walked by a test, or said to be missing', () => {
  const rows = rowsOf('The floor')
  assert.ok(rows.length >= 30, `${rows.length}`)
  for (const [what = '', where = '', walked = ''] of rows) {
    const isShown = testsIn(walked).length > 0
    assert.ok(isShown || (walked === '-' && where.includes('**Missing')), what)
  }
})

test('there are twelve stories, each with its log and its tests', () => {
  const rows = rowsOf('Twelve stories')
  assert.equal(rows.length, 12)
  for (const [story = '', log = '', told = ''] of rows) {
    assert.ok(log.length > 5, story)
    assert.ok(testsIn(told).length > 0, story)
  }
})

test('each expectation is done with a test, or declined or not yet with a reason', () => {
  const rows = rowsOf('What families expect')
  assert.ok(rows.length >= 30, `${rows.length}`)
  for (const [, what = '', verdict = '', how = ''] of rows) {
    assert.ok(VERDICTS.includes(verdict), `${what}: ${verdict}`)
    if (verdict === 'done') assert.ok(testsIn(how).length > 0, what)
    else assert.ok(how.replaceAll(PROOF, '').length > 20, `${what}: no reason`)
  }
})

test('every link leads somewhere, and the README leads here', async () => {
  for (const [, target = ''] of text.matchAll(/\]\(([^)]+)\)/g)) {
    assert.ok(existsSync(join(ROOT, 'docs', target)), target)
  }
  assert.match(await readFile(join(ROOT, 'README.md'), 'utf8'), /\(docs\/features\.md\)/)
})
