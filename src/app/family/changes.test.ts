import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PrincipalId } from '../../protocol/ids.ts'
import { changesIn } from './changes.ts'

const [gran, tom] = ['pr-gran', 'pr-tom'] as [PrincipalId, PrincipalId]
const before = { approval: true, retention: 30, trusted: [tom] }
const nameOf = (person: PrincipalId): string => (person === gran ? 'Grandma' : 'Tom')

test('each changed rule is a sentence, and what stays is not mentioned', () => {
  assert.deepEqual(changesIn(before, { ...before, trusted: [tom, gran] }, nameOf), [
    'What Grandma says needs no approval.',
  ])
  assert.deepEqual(changesIn(before, { approval: false, retention: 0, trusted: [gran] }, nameOf), [
    'Nothing needs approval before it goes to the toy.',
    'What Grandma says needs no approval.',
    'What Tom says needs approval again.',
    'Messages are kept for ever.',
  ])
  const strict = { ...before, approval: false }
  assert.deepEqual(changesIn(strict, { ...before, retention: 1 }, nameOf), [
    'A guardian listens first to what relatives say.',
    'Messages are kept for one day.',
  ])
})

test('rules that are so already change nothing', () => {
  assert.deepEqual(changesIn(before, { ...before }, nameOf), ['Everything stays as it is.'])
})
