import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { birthOf } from '../../platform/processes.ts'
import { isBreached, sha1Of } from './breached.ts'
import { buildFilter } from './build.ts'
import { openFilter } from './filter.ts'
import { readSources } from './sources.ts'

let folder = ''
before(async () => void (folder = await mkdtemp(join(tmpdir(), 'pawpost-build-'))))
after(() => rm(folder, { recursive: true, force: true }))

const unreadable = { code: 'breach-list-unreadable' }
const WORDS = Array.from({ length: 600 }, (_, index) => `password ${index}`)
const hex = (word: string): string => Buffer.from(sha1Of(word)).toString('hex').toUpperCase()

async function fresh(): Promise<string> {
  return mkdtemp(join(folder, 'case-'))
}

async function build(
  sources: readonly string[],
  out: string,
  bits: 8 | 16 = 16,
): Promise<{ read: number; entries: number; files: number; ignored: number }> {
  const tally = { files: 0, ignored: 0 }
  const built = await buildFilter(readSources(sources, tally), { out, bits })
  return { ...built, ...tally }
}

/** Range files as the downloaders of Have I Been Pwned write them. */
async function writeRanges(words: readonly string[], ending = '.txt'): Promise<string> {
  const ranges = join(await fresh(), 'ranges')
  await mkdir(ranges)
  const files = Map.groupBy(words.map(hex), (hash) => hash.slice(0, 5))
  for (const [prefix, hashes] of files) {
    const lines = hashes.map((hash) => `${hash.slice(5)}:3\r\n`).sort()
    await writeFile(join(ranges, `${prefix}${ending}`), `${lines.join('')}${'0'.repeat(35)}:0`)
  }
  return ranges
}

async function writeList(words: readonly string[]): Promise<string> {
  const path = join(await fresh(), 'list')
  await writeFile(path, words.map((word) => `${hex(word)}:1\n`).join(''))
  return path
}

test('range files and lists become one filter, without what is there twice', async () => {
  const out = join(await fresh(), 'out')
  const ranges = await writeRanges(WORDS.slice(0, 400))
  await writeFile(join(ranges, 'download.log'), 'done')
  const list = await writeList(WORDS.slice(200))
  const { read, entries, ignored } = await build([ranges, list], out)
  assert.deepEqual({ read, entries, ignored }, { read: 800, entries: 600, ignored: 1 })
  const filter = await openFilter(out)
  assert.deepEqual([filter.entries, filter.bits, filter.confirmed], [600, 16, false])
  for (const word of WORDS) assert.ok(await isBreached(filter, word), word)
  const strangers = WORDS.map((word) => `${word}, but different`)
  const wrong = await Promise.all(strangers.map((word) => isBreached(filter, word)))
  assert.ok(wrong.filter(Boolean).length <= 2)
  await filter.close()
})

test('the file depends on the set of hashes alone', async () => {
  const home = await fresh()
  const list = await writeList(WORDS)
  const backwards = await writeList(WORDS.toReversed())
  await build([list], join(home, 'one'))
  await build([backwards, list], join(home, 'two'))
  await build([await writeRanges(WORDS, '')], join(home, 'three'))
  const one = await readFile(join(home, 'one'))
  assert.deepEqual(await readFile(join(home, 'two')), one)
  assert.deepEqual(await readFile(join(home, 'three')), one)
  assert.deepEqual((await readdir(home)).sort(), ['one', 'three', 'two'])
})

test('a file with any bit changed, or cut off, is refused and never answers wrongly', async () => {
  const out = join(await fresh(), 'out')
  await build([await writeList(WORDS)], out)
  const whole = await readFile(out)
  const places = [0, 8, 9, 10, 12, 16, 24, 40, 70, 95, 96, 700, 1_200, whole.length - 20]
  for (const at of [...places, whole.length - 1]) {
    const damaged = Uint8Array.from(whole)
    damaged[at] = (damaged[at] ?? 0) ^ 4
    await assert.rejects(readAll(damaged), unreadable, `byte ${at}`)
  }
  for (const length of [0, 8, 95, 96, 500, whole.length - 4, whole.length - 1]) {
    await assert.rejects(readAll(whole.subarray(0, length)), unreadable, `length ${length}`)
  }
  await assert.rejects(readAll(Buffer.concat([whole, Buffer.alloc(1)])), unreadable)
  await assert.rejects(readAll(Buffer.from('password\nqwerty\n'.repeat(50))), unreadable)
  await assert.rejects(openFilter(join(folder, 'missing')), unreadable)
  await assert.rejects(openFilter(folder), unreadable)
  await readAll(whole)

  async function readAll(bytes: Uint8Array): Promise<void> {
    const path = join(await fresh(), 'damaged')
    await writeFile(path, bytes)
    const filter = await openFilter(path)
    try {
      for (const word of WORDS) assert.ok(await isBreached(filter, word))
    } finally {
      await filter.close()
    }
  }
})

test('with 8 bits nothing is answered without a list that confirms', async () => {
  const out = join(await fresh(), 'out')
  await build([await writeList(WORDS)], out, 8)
  await assert.rejects(openFilter(out), { code: 'breach-list-unconfirmed' })
  const confirm = join(folder, 'sorted')
  await writeFile(confirm, `${WORDS.map(hex).sort().join(':1\r\n')}:1\r\n`)
  const filter = await openFilter(out, { confirm })
  for (const word of WORDS) assert.ok(await isBreached(filter, word))
  // Two or three of these are hits of the filter alone.
  for (const word of WORDS) assert.ok(!(await isBreached(filter, `${word}, but different`)))
  await filter.close()
})

test('what is no list makes no filter and leaves nothing behind', async () => {
  const home = await fresh()
  const out = join(home, 'out')
  const words = join(await fresh(), 'words')
  await writeFile(words, 'password\nqwerty\n')
  const empty = join(await fresh(), 'empty')
  await writeFile(empty, `${'0'.repeat(40)}:0\n`)
  for (const source of [words, empty, await fresh(), join(folder, 'missing')]) {
    await assert.rejects(build([source], out), unreadable)
    assert.deepEqual(await readdir(home), [])
  }
})

test('no filter takes the place of a folder', async () => {
  const home = await fresh()
  await assert.rejects(build([await writeList(WORDS)], home), unreadable)
  assert.deepEqual(await readdir(home), [])
})

test('a build that is stopped leaves the old file and nothing else', async () => {
  const home = await fresh()
  const out = join(home, 'out')
  await writeFile(out, 'old')
  const sources = [await writeList(WORDS), await writeList(WORDS)]
  const controller = new AbortController()
  async function* stopping(): AsyncGenerator<Uint32Array> {
    for await (const piece of readSources(sources, { files: 0, ignored: 0 })) {
      yield piece
      controller.abort()
    }
  }
  const options = { out, bits: 16, signal: controller.signal } as const
  await assert.rejects(buildFilter(stopping(), options), { name: 'AbortError' })
  assert.deepEqual(await readdir(home), ['out'])
  assert.equal(await readFile(out, 'utf8'), 'old')
})

test('what a dead build left is cleared away; a living one is left alone', async () => {
  const home = await fresh()
  const out = join(home, 'out')
  const list = await writeList(WORDS)
  await mkdir(`${out}.building`)
  await writeFile(join(`${out}.building`, 'process'), `${process.pid} ${birthOf(process.pid)}`)
  await assert.rejects(build([list], out), unreadable)
  await writeFile(join(`${out}.building`, 'process'), `${process.pid} another-life`)
  await writeFile(join(`${out}.building`, 'keys-0'), 'rubbish')
  await build([list], out)
  assert.deepEqual(await readdir(home), ['out'])
})
