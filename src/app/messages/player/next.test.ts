import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextUnheard } from './next.ts'

const list = (text: string) =>
  Array.from(text).map((letter) => ({
    message: letter.toLowerCase(),
    heard: letter === letter.toLowerCase(),
  }))

test('newest first: the next is the nearest newer one that is unheard', () => {
  const all = [list('EdCbA')]
  assert.equal(nextUnheard(all, 'a')?.message, 'c')
  assert.equal(nextUnheard(all, 'b')?.message, 'c')
  assert.equal(nextUnheard(all, 'c')?.message, 'e')
  assert.equal(nextUnheard(all, 'e'), undefined)
})

test('only of the same list', () => {
  const all = [list('Yx'), list('Cb')]
  assert.equal(nextUnheard(all, 'b')?.message, 'c')
  assert.equal(nextUnheard(all, 'c'), undefined)
  assert.equal(nextUnheard(all, 'x')?.message, 'y')
  assert.equal(nextUnheard(all, 'nobody'), undefined)
})
