import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openSorted } from './sorted.ts'

let folder = ''
before(async () => void (folder = await mkdtemp(join(tmpdir(), 'pawpost-sorted-'))))
after(() => rm(folder, { recursive: true, force: true }))

const unreadable = { code: 'breach-list-unreadable' }

function sha1(text: string): Buffer {
  return createHash('sha1').update(text).digest()
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase()

async function listOf(name: string, lines: readonly string[], end: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, lines.join(end))
  return path
}

test('every hash of a list is found with its count, and no other', async () => {
  for (const [count, end] of [
    [1, '\n'],
    [2, '\r\n'],
    [97, '\n'],
    [5_000, '\r\n'],
    [5_000, '\n'],
  ] as const) {
    const words = Array.from({ length: count }, (_, index) => `word ${index}`)
    const lines = words.map((word, index) => `${hex(sha1(word))}:${index + 1}`).sort()
    const closed = end === '\n' ? [...lines, ''] : lines
    const list = await openSorted(await listOf(`list-${count}`, closed, end))
    const step = count > 100 ? 43 : 1
    for (let index = 0; index < count; index += step) {
      assert.equal(await list.count(sha1(words[index] ?? '')), index + 1)
    }
    for (let index = 0; index < 60; index += 1) {
      assert.equal(await list.count(sha1(`stranger ${index}`)), 0)
    }
    assert.equal(await list.count(new Uint8Array(20)), 0)
    assert.equal(await list.count(new Uint8Array(20).fill(255)), 0)
    await list.close()
  }
})

test('a range is what begins with its digits, without padding', async () => {
  const words = Array.from({ length: 20_000 }, (_, index) => hex(sha1(`word ${index}`)))
  const many = Array.from({ length: 3_000 }, (_, index) => `7F00D${hex(sha1(`${index}`)).slice(5)}`)
  const lines = [...words, ...many, ...many.map((hash) => `7F00C${hash.slice(5)}:0`)].sort()
  const list = await openSorted(await listOf('ranges', lines, '\r\n'))
  const suffixes = many.map((hash) => `${hash.slice(5)}:1`).sort()
  assert.deepEqual(await list.range('7F00D'), suffixes)
  assert.deepEqual(await list.range('7F00C'), [])
  for (const hash of [words[0], words[1], lines[0]?.slice(0, 40), lines.at(-1)]) {
    assert.ok(hash !== undefined)
    assert.ok((await list.range(hash.slice(0, 5))).includes(`${hash.slice(5)}:1`))
  }
  await list.close()
})

test('what is no sorted list is refused', async () => {
  const hashes = Array.from({ length: 500 }, (_, index) => hex(sha1(`word ${index}`)))
  await assert.rejects(openSorted(join(folder, 'missing')), unreadable)
  await assert.rejects(openSorted(await listOf('empty', [], '\n')), unreadable)
  await assert.rejects(openSorted(await listOf('words', ['password', 'qwerty'], '\n')), unreadable)
  await assert.rejects(openSorted(await listOf('shuffled', hashes, '\n')), unreadable)
})
