import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyOf } from './filter.ts'
import { createLineReader } from './lines.ts'

const HASH = '5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8'
const KEY = [...keyOf(Buffer.from(HASH, 'hex'))]
const OTHER = 'B1B3773A05C0ED0176787A4F1574FF0075F7521E'
const OTHER_KEY = [...keyOf(Buffer.from(OTHER, 'hex'))]

/** The keys of a text that arrives in pieces of this size. */
function keysOf(text: string, { prefix = '', size = 1 << 20 } = {}): number[] {
  const reader = createLineReader('list', prefix)
  const bytes = Buffer.from(text)
  const keys: number[] = []
  for (let at = 0; at < bytes.length; at += size) {
    keys.push(...reader.push(bytes.subarray(at, at + size)))
  }
  return [...keys, ...reader.end()]
}

test('hashes with and without counts are read, whatever their case and line ends', () => {
  const both = [...KEY, ...OTHER_KEY]
  const lists = [
    `${HASH}:3861493\n${OTHER}:1\n`,
    `${HASH}:3861493\r\n${OTHER}:1\r\n`,
    `${HASH}\n${OTHER}`,
    `${HASH}:7\r\n${OTHER}:1`,
    `\ufeff${HASH.toLowerCase()}:7\n\n${OTHER.toLowerCase()}  \r\n\r\n`,
  ]
  for (const list of lists) {
    for (const size of [1, 2, 7, 41, 1 << 20]) assert.deepEqual(keysOf(list, { size }), both)
  }
})

test('a range file has its first digits in its name', () => {
  assert.deepEqual(keysOf(`${HASH.slice(5)}:3861493\r\n`, { prefix: '5BAA6' }), KEY)
  assert.deepEqual(keysOf(`${HASH.slice(5)}\n`, { prefix: '5baa6' }), KEY)
})

test('padding is no password', () => {
  assert.deepEqual(keysOf(`${HASH}:0\r\n${OTHER}:10\r\n${HASH}:00\n`), OTHER_KEY)
  assert.deepEqual(keysOf(''), [])
})

test('what is no list is refused by file and line', () => {
  const wrong: readonly [line: number, text: string][] = [
    [1, 'password\n'],
    [1, HASH.slice(1)],
    [2, `${HASH}:1\n${HASH}:\n`],
    [2, `${HASH}:1\n${HASH}:one\n`],
    [3, `${HASH}:1\n\n${HASH}:-1\n`],
    [2, `${HASH}\n${HASH};1\n`],
    [1, `${HASH}0:1\n`],
    [1, ` ${HASH}:1\n`],
    [1, `${HASH.replace('B', 'G')}:1\n`],
    [2, `${HASH}:1\n${'0'.repeat(200)}`],
    [1, `${HASH.slice(8)}:1\n`],
  ]
  for (const [line, text] of wrong) {
    const refusal = { code: 'breach-list-unreadable', reason: `list, line ${line}` }
    assert.throws(() => keysOf(text), refusal, text)
    assert.throws(() => keysOf(text, { size: 3 }), refusal, text)
  }
  assert.throws(() => keysOf(`${HASH}:1\n`, { prefix: '5BAA6' }), { reason: 'list, line 1' })
})
