import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'

/** docs/asvs.md says of every requirement of two chapters which test proves it, or why none does. */

const ROOT = join(import.meta.dirname, '../..')
const text = await readFile(join(ROOT, 'docs/asvs.md'), 'utf8')

/** ASVS 5.0.0: the levels of the requirements of each section, in their order. */
const LEVELS: Readonly<Record<string, string>> = {
  '6.1': '122',
  '6.2': '111111112222',
  '6.3': '11223333',
  '6.4': '112233',
  '6.5': '22222333',
  '6.6': '2223',
  '6.7': '33',
  '6.8': '2222',
  '7.1': '222',
  '7.2': '1111',
  '7.3': '22',
  '7.4': '11222',
  '7.5': '223',
  '7.6': '22',
}
const VERDICTS = ['met', 'partly', 'not yet', 'n/a']

const REQUIREMENT = /^\| (\d+\.\d+\.\d+) \| (\d) \| (.+?) \| (.+?) \| (.+) \|$/gm
const PROOF = /`([^`]+\.test\.ts)`((?: › `[^`]+`)+)/g
const LINK = /\]\((?!https:)([^)]+)\)/g

type Line = { number: string; level: string; verdict: string; proof: string }

const lines: readonly Line[] = [...text.matchAll(REQUIREMENT)].map(
  ([, number = '', level = '', , verdict = '', proof = '']) => ({ number, level, verdict, proof }),
)

/** The tests that a cell names, by file. */
function testsIn(cell: string): readonly (readonly [file: string, names: readonly string[]])[] {
  return [...cell.matchAll(PROOF)].map(([, file = '', names = '']) => [
    file,
    [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  ])
}

/** The names of the tests in a file as its source spells them. */
async function namesIn(file: string): Promise<ReadonlySet<string>> {
  const source = await readFile(join(ROOT, file), 'utf8')
  const names = source.matchAll(/^\s*test\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gm)
  return new Set([...names].map(([, , name = '']) => name.replaceAll(/\\(.)/g, '$1')))
}

test('every requirement of chapters 6 and 7 has a line, in its order and with its level', () => {
  const wanted = Object.entries(LEVELS).flatMap(([section, levels]) =>
    Array.from(levels, (level, at) => `${section}.${at + 1} level ${level}`),
  )
  assert.equal(wanted.length, 47 + 19)
  assert.deepEqual(
    lines.map(({ number, level }) => `${number} level ${level}`),
    wanted,
  )
})

test('every verdict is one of four, and what is met is proven or written down', () => {
  for (const { number, verdict, proof } of lines) {
    assert.ok(VERDICTS.includes(verdict), `${number}: ${verdict}`)
    const words = proof.replaceAll(PROOF, '').replaceAll(/[^a-z]/gi, '')
    if (verdict === 'met') assert.ok(testsIn(proof).length > 0 || proof.includes(']('), number)
    else assert.ok(words.length > 5, `${number} says no reason`)
  }
})

test('every test that is named exists', async () => {
  const cells = lines.map(({ proof }) => proof).join('\n')
  const named = lines.flatMap(({ number, proof }) =>
    testsIn(proof).flatMap(([file, names]) => names.map((name) => ({ number, file, name }))),
  )
  assert.equal(testsIn(cells).length, cells.split('.test.ts').length - 1, 'a file without a test')
  assert.ok(named.length > 90, `${named.length}`)
  for (const { number, file, name } of named) {
    assert.ok(existsSync(join(ROOT, file)), `${number}: there is no ${file}`)
    assert.ok((await namesIn(file)).has(name), `${number}: no test "${name}" in ${file}`)
  }
})

test('every link leads somewhere', async () => {
  const targets = [...text.matchAll(LINK)].map(([, target = '']) => target)
  assert.ok(targets.length > 8)
  for (const target of targets) {
    const [path = '', anchor = ''] = target.split('#')
    if (path !== '') assert.ok(existsSync(join(ROOT, 'docs', path)), target)
    else assert.match(text, new RegExp(`^## ${anchor.replaceAll('-', ' ')}$`, 'im'))
  }
  assert.match(await readFile(join(ROOT, 'SECURITY.md'), 'utf8'), /\(docs\/asvs\.md\)/)
})

test('no migration makes an account, or has room for a hint', async () => {
  const folder = join(ROOT, 'migrations')
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql'))
  const all = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))
  assert.match(all.join('\n'), /CREATE TABLE accounts/i)
  assert.doesNotMatch(all.join('\n'), /INSERT\s+INTO\s+(accounts|sign_ups)\b|\bhint|question/i)
})
