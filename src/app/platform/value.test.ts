import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createValue } from './value.ts'

test('watchers hear of changes, and of nothing else', () => {
  const value = createValue(1)
  const seen: number[] = []
  const unwatch = value.watch(() => seen.push(value.get()))
  value.set(1)
  value.set(2)
  value.set(3)
  unwatch()
  value.set(4)
  assert.deepEqual(seen, [2, 3])
  assert.equal(value.get(), 4)
})

test('a watcher may leave while it is called', () => {
  const value = createValue(0)
  const seen: string[] = []
  const unwatch = value.watch(() => {
    seen.push('first')
    unwatch()
  })
  value.watch(() => seen.push('second'))
  value.set(1)
  value.set(2)
  assert.deepEqual(seen, ['first', 'second', 'second'])
})
