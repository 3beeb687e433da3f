import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const SRC = fileURLToPath(new URL('../src/', import.meta.url))

/** Which plane may import which: the wall that the compiler also holds (project references). */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  keys: ['protocol'],
  toy: ['protocol', 'keys'],
  'toy/virtual': ['protocol', 'keys', 'toy'],
  client: ['protocol', 'keys', 'toy'],
  app: ['protocol', 'keys', 'toy', 'client'],
  server: ['protocol'],
  cli: ['protocol', 'keys', 'toy', 'toy/virtual', 'client'],
  ops: ['protocol', 'keys', 'toy', 'toy/virtual', 'client', 'server'],
  'main.ts': ['protocol', 'cli', 'ops', 'server'],
}

/** The files that see every feature of the server: composition, nothing else. */
const COMPOSITION = ['server/server.ts', 'server/tables.ts']

/** Packages that only one plane may touch. */
const ONE_DOOR: Readonly<Record<string, readonly string[]>> = {
  'age-encryption': ['keys'],
  fastify: ['server'],
  pg: ['server'],
  kysely: ['server'],
  preact: ['app'],
  '@jellybrick/dbus-next': ['toy/virtual'],
}

/** Planes that run everywhere: no Node, no DOM. */
const PURE = ['protocol', 'keys', 'client', 'toy']

type Import = { readonly file: string; readonly plane: string; readonly target: string }

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts') && !name.endsWith('.d.ts'),
)
const imports = files.flatMap(importsOf)

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(SRC, file), 'utf8')
  const found = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)]
  return found.map(([, target = '']) => ({ file, plane: planeOf(file), target }))
}

function planeOf(file: string): string {
  if (file.startsWith('toy/virtual/')) return 'toy/virtual'
  return file.split('/')[0] ?? ''
}

/** The file that a relative import names, from src/. */
function resolved({ file, target }: Import): string {
  return relative(SRC, join(SRC, dirname(file), target))
}

const inside = imports.filter(({ target }) => target.startsWith('.'))

test('the test sees the house', () => {
  assert.ok(files.length > 100, `saw ${files.length} files`)
  assert.ok(imports.length > 300, `saw ${imports.length} imports`)
  for (const plane of Object.keys(ALLOWED)) {
    assert.ok(
      files.some((file) => planeOf(file) === plane),
      `saw no file of ${plane}`,
    )
  }
})

test('every plane imports only the planes below it', () => {
  const wrong = inside
    .map((one) => ({ ...one, to: planeOf(resolved(one)) }))
    .filter(({ plane, to }) => to !== plane && !ALLOWED[plane]?.includes(to))
    .map(({ file, target }) => `${file} imports ${target}`)
  assert.deepEqual(wrong, [])
})

test('a server feature is entered only through its door, and the platform knows no feature', () => {
  const wrong = inside
    .filter(({ plane, file }) => plane === 'server' && !COMPOSITION.includes(file))
    .map((one) => ({ ...one, to: resolved(one) }))
    .filter(({ file, to }) => !entersByTheDoor(file, to))
    .map(({ file, target }) => `${file} imports ${target}`)
  assert.deepEqual(wrong, [])
})

function entersByTheDoor(file: string, to: string): boolean {
  const [, from = ''] = file.split('/')
  const [plane, feature = '', name = ''] = to.split('/')
  if (plane !== 'server' || feature === from || feature === 'platform' || name === '') return true
  if (from === 'platform') return false
  return name === `${feature}.ts`
}

test('a package with one door is imported behind it only', () => {
  const wrong = imports
    .filter(({ plane, target }) => {
      const doors = Object.entries(ONE_DOOR).find(
        ([name]) => target === name || target.startsWith(`${name}/`),
      )
      return doors !== undefined && !doors[1].includes(plane)
    })
    .map(({ file, target }) => `${file} imports ${target}`)
  assert.deepEqual(wrong, [])
})

test('pure planes import nothing of Node', () => {
  const wrong = imports
    .filter(({ plane, target }) => PURE.includes(plane) && target.startsWith('node:'))
    .map(({ file, target }) => `${file} imports ${target}`)
  assert.deepEqual(wrong, [])
})

test('no lint rule of the house is switched off inside a file', () => {
  const wrong = files.filter((file) =>
    /(oxlint|eslint)-disable|@ts-(ignore|nocheck|expect-error)/.test(
      readFileSync(join(SRC, file), 'utf8'),
    ),
  )
  assert.deepEqual(wrong, [])
})
