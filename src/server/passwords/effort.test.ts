import assert from 'node:assert/strict'
import { test } from 'node:test'
import { disguisesOf, effortOf, periodOf } from './effort.ts'

test('what thieves know by heart is one thing to guess, the rest a thing for each letter', () => {
  const cases = [
    ['kxvgpj', 6],
    ['password', 1],
    ['drowssap', 1],
    ['p@$$w0rd', 1],
    ['passwordmonkey', 2],
    ['monkey2017', 2],
    ['qwertyuiop', 3],
    ['lkjhgfdsa', 2],
    ['klmnopqrstuvw', 2],
    ['4567', 2],
    ['567890', 2],
    ['aaa', 1],
    ['kxvkxvkxv', 5],
    ['kxvvxk', 4],
    ['🐻🐘🦊', 3],
  ] as const
  for (const [text, things] of cases) assert.equal(effortOf(text), things, text)
  assert.equal(effortOf('rosemary-kx', ['rosemary']), 4)
  assert.equal(effortOf('yr4mesor-kx', ['rosemary']), 4)
})

test('a text is seen through signs and backwards', () => {
  assert.deepEqual(disguisesOf('b1t'), ['b1t', 't1b', 'bit', 'tib', 'blt', 'tlb'])
  assert.ok(disguisesOf('4ndr01d').includes('android'))
  assert.ok(disguisesOf('tea 20170101').every((text) => /20170101|10107102/.test(text)))
})

test('a text that repeats itself is as long as what it repeats', () => {
  assert.equal(periodOf('abcabcab'), 3)
  assert.equal(periodOf('elephant elephant'), 9)
  assert.equal(periodOf('🐻🐘🐻🐘'), 2)
  assert.equal(periodOf('abcd'), 4)
  assert.equal(periodOf(''), 0)
})
