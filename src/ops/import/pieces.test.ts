import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serialize } from 'bson'
import { documentsOf, linesOf, type Piece } from './pieces.ts'

const text = (pieces: readonly Piece[]): string[] =>
  pieces.map((piece) => (typeof piece === 'string' ? `!${piece}` : Buffer.from(piece).toString()))

async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function all(pieces: AsyncIterable<Piece[]>): Promise<Piece[]> {
  const found: Piece[] = []
  for await (const some of pieces) found.push(...some)
  return found
}

test('lines are the same however the file arrives', async () => {
  const file = Buffer.from('{"a":1}\n\n{"b":"ä€"}\nlast')
  for (let size = 1; size <= file.length; size++) {
    const lines = await all(linesOf(chunked(file, size)))
    assert.deepEqual(text(lines), ['{"a":1}', '', '{"b":"ä€"}', 'last'], `${size}`)
  }
  assert.deepEqual(await all(linesOf(chunked(Buffer.from('one\n'), 2))), [Buffer.from('one')])
  assert.deepEqual(await all(linesOf(chunked(Buffer.alloc(0), 2))), [])
})

test('a line that is too long is passed over, the next one is not', async () => {
  const file = Buffer.from(`short\n${'x'.repeat(100)}\n${'y'.repeat(10)}\nend`)
  for (const size of [1, 7, 1000]) {
    const lines = await all(linesOf(chunked(file, size), 10))
    assert.deepEqual(text(lines), ['short', '!record-too-long', 'yyyyyyyyyy', 'end'])
  }
})

test('documents are the same however the file arrives', async () => {
  const documents = [{ a: 1 }, {}, { b: 'x'.repeat(300) }].map((one) => Buffer.from(serialize(one)))
  const file = Buffer.concat(documents)
  for (let size = 1; size <= file.length; size++) {
    assert.deepEqual(await all(documentsOf(chunked(file, size))), documents, `${size}`)
  }
})

test('a length that cannot be ends a dump, and so does a file that is cut off', async () => {
  const good = Buffer.from(serialize({ a: 1 }))
  for (const length of [-1, 0, 4, 17 * 1024 * 1024, 0x7f_ff_ff_ff]) {
    const bad = Buffer.alloc(good.length)
    bad.writeInt32LE(length)
    const pieces = await all(documentsOf(chunked(Buffer.concat([good, bad, good]), 9)))
    assert.deepEqual(pieces, [good, 'length-absurd'], `${length}`)
  }
  for (let size = 1; size < good.length; size++) {
    const file = Buffer.concat([good, good.subarray(0, size)])
    assert.deepEqual(await all(documentsOf(chunked(file, 9))), [good, 'record-cut-off'])
  }
})
