import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PawpostError } from '../../protocol/errors.ts'
import { missingOf, requireLength } from './length.ts'

test('characters are counted as people see them, not in bytes or halves', () => {
  assert.equal(missingOf(''), 15)
  assert.equal(missingOf('a'.repeat(14)), 1)
  assert.equal(missingOf('a'.repeat(15)), 0)
  assert.equal(missingOf('🐻'.repeat(15)), 0)
  assert.equal(missingOf('e\u0301'.repeat(14)), 1)
  assert.equal(missingOf('a'.repeat(256)), 0)
  assert.equal(missingOf('a'.repeat(258)), -2)
})

test('what is missing is said in the words of the vocabulary', () => {
  requireLength('tea and biscuits at four')
  assert.throws(() => requireLength('short'), new PawpostError('password-short'))
  assert.throws(() => requireLength('a'.repeat(257)), new PawpostError('password-long'))
})
