import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextUnheard } from './next.ts'

/** A capital is unheard. */
const list = (text: string) =>
  Array.from(text).map((letter) => ({
    message: letter.toLowerCase(),
    heard: letter === letter.toLowerCase(),
  }))

test('newest first: the next is the nearest newer one that is unheard', () => {
  const all = list('EdCbA')
  assert.equal(nextUnheard(all, 'a')?.message, 'c')
  assert.equal(nextUnheard(all, 'b')?.message, 'c')
  assert.equal(nextUnheard(all, 'c')?.message, 'e')
  assert.equal(nextUnheard(all, 'e'), undefined)
})

test('what is in another list has nothing after it here', () => {
  assert.equal(nextUnheard(list('CbA'), 'x'), undefined)
  assert.equal(nextUnheard([], 'a'), undefined)
})
