import assert from 'node:assert/strict'
import { test } from 'node:test'
import { segments } from './router.ts'

test('a path is read as its segments', () => {
  assert.deepEqual(segments('/'), [])
  assert.deepEqual(segments('/record/child/'), ['record', 'child'])
  assert.deepEqual(segments('/record/a%20b'), ['record', 'a b'])
})

test('a path that no screen wrote does no harm', () => {
  assert.deepEqual(segments('/record/%E0%A4%A'), ['record', ''])
})
