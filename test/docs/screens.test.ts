import assert from 'node:assert/strict'
import { existsSync, globSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { ALBUM, filesOf, INDEX, indexOf } from '../browser/pictures/album.ts'
import { BOOK, NAMES } from '../browser/pictures/catalogue.ts'

/** docs/screens: every screen of the app has its picture, and every picture is of a screen. */

const APP = join(import.meta.dirname, '../../src/app')
const MOST_BYTES = 6_000_000

/** Sources that choose a screen by the address, the place or the room. */
const ROUTERS = [
  'app.tsx',
  'guardian.tsx',
  'relative.tsx',
  'settings/screens.tsx',
  'family/screens.tsx',
  'join/newcomer.tsx',
  'child/child-screen.tsx',
]
/** What other screens are made of, and the routers that draw nothing of their own. */
const FRAMES = [
  'ui/screen.tsx',
  'ui/wait.tsx',
  'child/press.tsx',
  'settings/screens.tsx',
  'family/screens.tsx',
]

/** Sources that draw a whole screen, for they use the frame of one. */
function screensAmong(sources: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(sources).filter((path) => /<(?:Screen|main)\b/.test(sources[path] ?? ''))
}

/** Sources of the components that a router gives back. */
function routedBy(router: string, source: string): readonly string[] {
  const shown = [...source.matchAll(/(?:return|[?:]) \(?\s*<([A-Z]\w+)/g)].map(([, name]) => name)
  return shown.flatMap((name) => {
    const lazily = new RegExp(`import\\('(\\S+)'\\)\\)\\.${name}\\b`)
    const once = new RegExp(`const ${name} = lazy\\([^']*import\\('(\\S+)'\\)`)
    const plainly = new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from '(\\S+\\.tsx)'`)
    const found = once.exec(source) ?? lazily.exec(source) ?? plainly.exec(source)
    return found?.[1] ? [normalize(join(dirname(router), found[1]))] : []
  })
}

const paths = globSync('**/*.tsx', { cwd: APP })
const sources = Object.fromEntries(
  await Promise.all(paths.map(async (path) => [path, await readFile(join(APP, path), 'utf8')])),
) as Record<string, string>
const pictured = new Set(BOOK.flatMap(({ pictures }) => Object.values(pictures).flat()))

test('every source that draws a screen has a picture', () => {
  const screens = screensAmong(sources).filter((path) => !FRAMES.includes(path))
  assert.ok(screens.length > 50, `${screens.length}`)
  assert.deepEqual(
    screens.filter((path) => !pictured.has(path)),
    [],
  )
})

test('every screen that a router chooses has a picture', () => {
  const routed = ROUTERS.flatMap((router) => routedBy(router, sources[router] ?? ''))
  assert.ok(routed.length > 45, `${routed.length}`)
  assert.deepEqual(
    routed.filter((path) => !FRAMES.includes(path) && !pictured.has(path)),
    [],
  )
})

test('control: a new screen would be missed', () => {
  assert.deepEqual(screensAmong({ 'a.tsx': 'return <Screen title={x}>', 'b.tsx': '<Screens />' }), [
    'a.tsx',
  ])
  const lazily = "const New = lazy(async () => (await import('./new.tsx')).New)\nreturn <New />"
  assert.deepEqual(routedBy('family/screens.tsx', lazily), ['family/new.tsx'])
  const plainly = "import { Other } from '../other.tsx'\nreturn at ? <Other /> : <Here />"
  assert.deepEqual(routedBy('family/screens.tsx', plainly), ['other.tsx'])
})

test('what the catalogue names exists', () => {
  for (const [, ...of] of BOOK.flatMap(({ pictures }) => Object.values(pictures))) {
    for (const path of of) assert.ok(existsSync(join(APP, path)), path)
  }
  assert.equal(new Set(NAMES).size, NAMES.length)
})

test('the album has exactly these pictures, in every look, and its index', async () => {
  assert.deepEqual((await readdir(ALBUM)).sort(), [...filesOf(NAMES)].sort())
  assert.equal(await readFile(join(ALBUM, INDEX), 'utf8'), indexOf(BOOK))
})

test('the album fits into a repository', async () => {
  const files = await readdir(ALBUM)
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(ALBUM, file))).size))
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  console.log(`docs/screens: ${files.length} files, ${bytes} bytes`)
  assert.ok(bytes < MOST_BYTES, `${bytes}`)
})
