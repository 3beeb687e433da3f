import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Codebook } from './codebook.ts'
import { ENVELOPE_BOOKS, QUANTISERS, sigma } from './tables.ts'

// Row T1 of the conformance table.

const wordsOf = (book: Codebook): string[] =>
  Array.from(book.words, (word, i) => word.toString(2).padStart(book.lengths[i] ?? 0, '0'))

function assertCompletePrefixCode(words: Set<string>): void {
  const sorted = [...words].sort()
  sorted.forEach((word, i) => assert.ok(!sorted[i + 1]?.startsWith(word), word))
  const space = sorted.reduce((sum, word) => sum + 2 ** -word.length, 0)
  assert.equal(space, 1)
}

test('the books have as many entries and as many different words as they should', () => {
  const vectorBooks = QUANTISERS.map((q) => q.book)
  assert.deepEqual(
    vectorBooks.map((book) => book.words.length),
    [196, 100, 49, 625, 256, 243, 32],
  )
  assert.deepEqual(
    vectorBooks.map((book) => new Set(wordsOf(book)).size),
    [181, 94, 48, 520, 209, 192, 32],
  )
  assert.deepEqual(
    ENVELOPE_BOOKS.map((book) => new Set(wordsOf(book)).size),
    Array.from({ length: 13 }, () => 24),
  )
})

test('every book is a complete prefix code', () => {
  for (const book of [...ENVELOPE_BOOKS, ...QUANTISERS.map((q) => q.book)]) {
    assertCompletePrefixCode(new Set(wordsOf(book)))
  }
})

test('indices that share a word have zeros in the same places', () => {
  let shared = 0
  for (const { book, levels, dimension } of QUANTISERS) {
    const zeros = new Map<string, string>()
    wordsOf(book).forEach((word, i) => {
      const vector = levels.subarray(i * dimension, (i + 1) * dimension)
      const pattern = Array.from(vector, (level) => (level === 0 ? '0' : 'x')).join('')
      if (zeros.has(word)) shared++
      assert.equal(zeros.get(word) ?? pattern, pattern)
      zeros.set(word, pattern)
    })
  }
  assert.equal(shared, 15 + 6 + 1 + 105 + 47 + 51)
})

test('sizes agree with one another and with their formulas', () => {
  for (const [category, q] of QUANTISERS.entries()) {
    assert.equal(q.dimension * q.vectors, 20)
    assert.equal(q.book.words.length, (q.maxLevel + 1) ** q.dimension)
    assert.equal(q.reconstruction.length, q.maxLevel + 1)
    assert.ok(Math.abs(q.step - 2 ** ((category - 3) / 2)) < 1e-9)
  }
  for (let p = -15; p <= 24; p++) assert.ok(Math.abs(sigma(p) / 2 ** ((p + 9) / 2) - 1) < 1e-9)
})
