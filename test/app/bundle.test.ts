import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { LANGUAGES } from '../../src/app/language/languages.ts'

const ROOT = join(import.meta.dirname, '../..')
const FIRST_PAINT_BYTES = 30 * 1024
const LINK_BYTES = 55 * 1024

const folder = mkdtempSync(join(tmpdir(), 'pawpost-bundle-'))
after(() => rmSync(folder, { recursive: true }))
await build({
  configFile: join(ROOT, 'vite.config.ts'),
  logLevel: 'error',
  build: { outDir: folder },
})

const read = (path: string): Buffer => readFileSync(join(folder, path))
const html = read('index.html').toString()
const [page = '', ...templates] = html.split('<template')
const template = (id: string): string =>
  templates.find((piece) => piece.includes(`id="${id}"`)) ?? ''
const [later, apart] = [template('modules'), template('strength')]
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
const scripts = files.filter((name) => name.endsWith('.js'))
/** The languages whose words are scripts of their own. */
const foreign = Object.keys(LANGUAGES).filter((language) => language !== 'en')

/** The scripts that a piece of the page names, as paths in the folder. */
function named(piece: string): string[] {
  return [...piece.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path = '']) => path)
}

/** What a script imports statically. */
function imports(script: string): string[] {
  const code = read(script).toString()
  const found = code.matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)
  return [...found].map(([, name = '']) => `assets/${name}`)
}

const packed = (names: readonly string[]): number =>
  names.reduce((sum, script) => sum + gzipSync(read(script)).length, 0)

for (const language of ['en', ...foreign]) {
  test(`the first picture needs less than 30 KB of script, in ${language}`, () => {
    const words = named(template(`${language}-first`))
    assert.equal(words.length, language === 'en' ? 0 : 1)
    const bytes = packed([...named(page), ...words])
    console.log(`first paint in ${language}: ${bytes} bytes of script, gzipped`)
    assert.ok(bytes > 5_000, 'the scripts were found')
    assert.ok(bytes < FIRST_PAINT_BYTES, `${bytes} bytes`)
  })
}

test('a script of words waits for nothing, for all the others wait for it', () => {
  for (const language of foreign)
    for (const part of ['first', 'later']) {
      const [words = ''] = named(template(`${language}-${part}`))
      assert.deepEqual(imports(words), [], words)
    }
})

test('the button of an old phone’s link needs less than 55 KB, and nothing that seals', () => {
  const piece = template('old-phone')
  const needed = [...named(page), ...named(piece)]
  const bytes = packed(needed)
  console.log(`first button of a link: ${bytes} bytes of script, gzipped`)
  assert.ok(named(piece).some((script) => script.includes('old-phone')))
  assert.ok(bytes < LINK_BYTES, `${bytes} bytes`)
  for (const word of ['ed25519', 'age-encryption.org']) {
    assert.ok(!needed.some((script) => read(script).toString().includes(word)), word)
  }
  const alone = new Set(needed)
  for (const script of alone) for (const one of imports(script)) assert.ok(alone.has(one), one)
})

test('all that the first script imports is fetched with it, nothing after it', () => {
  const now = new Set(named(page))
  for (const script of now) for (const one of imports(script)) assert.ok(now.has(one), one)
})

test('crypto, sound and the toy come later', () => {
  const first = named(page).map((script) => read(script).toString())
  for (const word of [
    'ed25519',
    'age-encryption.org',
    'AudioEncoder',
    'requestDevice',
    'OpusHead',
  ]) {
    assert.ok(!first.some((code) => code.includes(word)), word)
    assert.ok(
      scripts.some((script) => read(script).includes(word)),
      `${word} is somewhere`,
    )
  }
})

test('the lists of words for passwords are fetched by themselves, if at all', () => {
  const [words = '', ...others] = named(apart)
  assert.deepEqual(others, [])
  const bytes = gzipSync(read(words)).length
  console.log(`judging passwords: ${bytes} bytes of script, gzipped, ${read(words).length} plain`)
  const rest = scripts.filter((script) => script !== words)
  for (const word of ['qwertyuiop', 'abracadabra']) {
    assert.ok(read(words).includes(word), word)
    assert.ok(!rest.some((script) => read(script).includes(word)), word)
  }
})

test('every script that can be imported carries its integrity', () => {
  const worklet = scripts.filter((script) => /worklet|service-worker/.test(script))
  assert.equal(worklet.length, 2)
  const words = foreign.flatMap((language) => [
    ...named(template(`${language}-first`)),
    ...named(template(`${language}-later`)),
  ])
  const expected = scripts.filter((script) => !worklet.includes(script)).sort()
  assert.deepEqual([...named(page), ...named(later), ...named(apart), ...words].sort(), expected)
  for (const script of expected) {
    const sum = createHash('sha384').update(read(script)).digest('base64')
    assert.ok(html.includes(`="/${script}" integrity="sha384-${sum}"`), script)
  }
})

test('nothing is inline', () => {
  assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)/)
  assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|javascript:/)
})

/** Addresses that the app never asks: namespaces, what error texts point at, and a link. */
const NAMES = [
  'http://www.w3.org/2000/svg',
  'http://www.w3.org/1999/xhtml',
  'http://www.w3.org/1998/Math/MathML',
  'https://json-schema.org/draft/2020-12/schema',
  'http://json-schema.org/draft-07/schema',
  'http://json-schema.org/draft-04/schema',
  'https://simplewebauthn.dev/docs/packages/browser',
  // A link of the guide: nobody is asked until somebody follows it.
  'https://haveibeenpwned.com/',
  // Where the archive's page of instructions says that its tool comes from.
  'https://filippo.io/age.',
  'https://filippo.io/age',
]

test('no foreign origin is in the bundle', () => {
  for (const name of files.filter((file) => /\.(js|css|html|webmanifest|svg)$/.test(file))) {
    const found = read(name)
      .toString()
      .match(/(?:https?|wss?):\/\/[a-z0-9.-]+[a-z0-9/._-]*/gi)
    assert.deepEqual(
      (found ?? []).filter((address) => !NAMES.includes(address)),
      [],
      name,
    )
  }
})

/** What leaks look like: private keys, cloud keys, tokens, addresses with a password, local paths. */
const SECRETS = [
  /-----BEGIN/,
  /AGE-SECRET-KEY-(PQ-)?1[0-9A-Z]{20}/,
  /AKIA[0-9A-Z]{16}/,
  /\b(ghp|gho|sk|pk|xox[abp])[-_][A-Za-z0-9]{20}/,
  /eyJ[A-Za-z0-9_-]{10,}\.eyJ/,
  /\/\/[^/\s"'`]+:[^/\s"'`@]+@/,
  /\/(home|root|work|Users)\//,
]

test('no secret and no path of a building machine is in the bundle', () => {
  for (const name of files.filter((file) => /\.(js|css|html|webmanifest|svg|txt)$/.test(file))) {
    const text = read(name).toString()
    for (const secret of SECRETS) assert.doesNotMatch(text, secret, name)
  }
  assert.deepEqual(
    files.filter((name) => name.endsWith('.map')),
    [],
  )
})

test('the service worker knows the whole shell and nothing of the API', () => {
  const worker = read('service-worker.js').toString()
  const list = /\{"version":"[0-9a-f]{16}","files":(\[[^\]]*\])\}/.exec(worker)?.[1]
  const shell = (JSON.parse(list ?? '[]') as string[]).sort()
  const left = ['service-worker.js', ...named(apart)]
  const built = files.filter((name) => name.includes('.') && !left.includes(name))
  const expected = built.map((name) => (name === 'index.html' ? '/' : `/${name}`)).sort()
  assert.deepEqual(shell, expected)
  assert.doesNotMatch(worker, /PAWPOST_SHELL/)
})

test('everything the page and the manifest name exists', () => {
  const manifest = JSON.parse(read('app.webmanifest').toString()) as { icons: { src: string }[] }
  const icons = manifest.icons.map(({ src }) => src)
  const links = [...html.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map(([, path = '']) => path)
  for (const path of [...icons, ...links]) assert.ok(files.includes(path.slice(1)), path)
})
