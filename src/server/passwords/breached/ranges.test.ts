import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pwnedPassword, pwnedPasswordRange } from 'hibp'
import { sha1Of } from './breached.ts'
import { openRanges, padded } from './ranges.ts'
import { startRangeServer } from './range-server.ts'

let folder = ''
before(async () => void (folder = await mkdtemp(join(tmpdir(), 'pawpost-ranges-'))))
after(() => rm(folder, { recursive: true, force: true }))

const WORDS = ['password', 'qwe', 'cloudpets', '123456', 'Grüße', '🐻🐘🦊']
const LOOPBACK = { host: '127.0.0.1', port: 0 }
const hex = (word: string): string => Buffer.from(sha1Of(word)).toString('hex').toUpperCase()

/** A folder of range files, named as asked. */
async function rangeFolder(nameOf: (prefix: string) => string): Promise<string> {
  const ranges = await mkdtemp(join(folder, 'ranges-'))
  for (const [index, word] of WORDS.entries()) {
    const [prefix, suffix] = [hex(word).slice(0, 5), hex(word).slice(5)]
    const text = `${suffix}:${index + 1}\r\n${'F'.repeat(35)}:0`
    await writeFile(join(ranges, nameOf(prefix)), text)
  }
  return ranges
}

async function sortedList(): Promise<string> {
  const path = join(await mkdtemp(join(folder, 'sorted-')), 'list')
  const lines = WORDS.map((word, index) => `${hex(word)}:${index + 1}\n`).sort()
  await writeFile(path, lines.join(''))
  return path
}

function failOn(error: unknown): void {
  assert.fail(String(error))
}

async function serve(path: string, onError = failOn) {
  const ranges = await openRanges(path)
  const server = await startRangeServer(ranges, LOOPBACK, onError)
  return {
    baseUrl: server.origin,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await ranges.close()
    },
  }
}

test('a client library of Have I Been Pwned works unchanged, padded or not', async () => {
  const places = [
    await rangeFolder((prefix) => `${prefix}.txt`),
    await rangeFolder((prefix) => prefix),
    await rangeFolder((prefix) => prefix.toLowerCase()),
    await sortedList(),
  ]
  for (const place of places) {
    await using server = await serve(place)
    for (const addPadding of [false, true]) {
      const options = { baseUrl: server.baseUrl, addPadding }
      for (const [index, word] of WORDS.entries()) {
        assert.equal(await pwnedPassword(word, options), index + 1)
      }
      assert.equal(await pwnedPassword('tea and biscuits at four', options), 0)
    }
  }
})

test('padding brings an answer to 800 to 1,000 lines, all but the real ones with count 0', async () => {
  await using server = await serve(await rangeFolder((prefix) => prefix))
  const options = { baseUrl: server.baseUrl, addPadding: true }
  const lengths = new Set<number>()
  for (let turn = 0; turn < 20; turn += 1) {
    const range = Object.entries(await pwnedPasswordRange('5baa6', options))
    assert.ok(range.length >= 800 && range.length <= 1000, `${range.length} lines`)
    assert.ok(range.every(([suffix]) => /^[0-9A-F]{35}$/.test(suffix)))
    assert.deepEqual(
      range.filter(([, count]) => count > 0),
      [[hex('password').slice(5), 1]],
    )
    lengths.add(range.length)
  }
  assert.ok(lengths.size > 10, 'the length is drawn anew each time')
})

test('longer ranges are padded too, and never cut', () => {
  for (const length of [0, 1, 799, 800, 999, 1000, 1001, 1199, 1200, 2345]) {
    const lines = Array.from({ length }, (_, index) => `${String(index).padStart(35, '0')}:1`)
    const whole = padded(lines)
    assert.ok(whole.length >= Math.max(800, length) && whole.length <= Math.max(1000, length + 200))
    assert.deepEqual(
      whole.filter((line) => line.endsWith(':1')),
      lines,
    )
  }
})

test('answers look as those of Have I Been Pwned', async () => {
  await using server = await serve(await sortedList())
  const url = `${server.baseUrl}/range`
  const found = await fetch(`${url}/5BAA6`)
  assert.equal(found.status, 200)
  assert.match(found.headers.get('content-type') ?? '', /^text\/plain/)
  assert.equal(await found.text(), `${hex('password').slice(5)}:1`)
  const none = await fetch(`${url}/00000?mode=sha1`)
  assert.deepEqual([none.status, await none.text()], [200, ''])
  for (const wrong of ['5BAA', '5BAA61', '5BAAG', '', '..%2f..', '5BAA6?mode=ntlm']) {
    assert.equal((await fetch(`${url}/${wrong}`)).status, 400, wrong)
  }
  assert.equal((await fetch(`${server.baseUrl}/`)).status, 404)
  assert.equal((await fetch(`${url}/5BAA6/7`)).status, 404)
  assert.equal((await fetch(`${url}/5BAA6`, { method: 'POST', body: 'x' })).status, 405)
  const head = await fetch(`${url}/5BAA6`, { method: 'HEAD' })
  assert.deepEqual([head.status, await head.text()], [200, ''])
  assert.equal((await fetch(`${url}/5BAA6`, { method: 'OPTIONS' })).status, 200)
})

test('a list that cannot be read is an outage, not a clean bill', async () => {
  const ranges = await rangeFolder((prefix) => prefix)
  await writeFile(join(ranges, '00000'), 'no list at all')
  const errors: unknown[] = []
  await using server = await serve(ranges, (error) => errors.push(error))
  await assert.rejects(pwnedPasswordRange('00000', { baseUrl: server.baseUrl }))
  assert.equal(errors.length, 1)
  await assert.rejects(openRanges(await mkdtemp(join(folder, 'empty-'))), {
    code: 'breach-list-unreadable',
  })
})
