import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKeyed } from './keyed.ts'

test('only who watches that one is told, once per change, until it stops watching', () => {
  const keyed = createKeyed<number>()
  const told: string[] = []
  const end = keyed.watch('a', () => told.push('a'))
  keyed.watch('b', () => told.push('b'))
  keyed.set('a', 1)
  keyed.set('a', 1)
  keyed.set('b', 2)
  assert.deepEqual(told, ['a', 'b'])
  end()
  keyed.set('a', undefined)
  assert.deepEqual(told, ['a', 'b'])
  assert.equal(keyed.get('a'), undefined)
  assert.equal(keyed.get('b'), 2)
})
