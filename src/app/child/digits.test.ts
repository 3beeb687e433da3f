import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asciiDigits } from './digits.ts'

test('digits of other keyboards are digits', () => {
  assert.equal(asciiDigits('٧٢٩٤'), '7294')
  assert.equal(asciiDigits('۷۲۹۴'), '7294')
  assert.equal(asciiDigits(' 0189 '), '0189')
  assert.equal(asciiDigits('٧2x:/'), '72x:/')
})
