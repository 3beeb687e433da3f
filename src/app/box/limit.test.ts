import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CHILD_MS } from '../../client/voices.ts'
import { LIMIT_MS } from './limit.ts'

test('an old phone records as long as the toy takes, and no longer', () => {
  assert.equal(LIMIT_MS, CHILD_MS)
})
