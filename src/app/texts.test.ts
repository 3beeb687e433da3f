import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ERRORS } from '../protocol/errors.ts'
import { ENGLISH } from './language/english.ts'

/** Words that no family should ever have to read. */
const JARGON =
  /\b(keys?|encrypt\w*|decrypt\w*|verif\w*|fingerprints?|principals?|devices? signature|token|cipher\w*|certificate)\b/i

/** All sentences; functions with something in every place. */
function sentences(of: unknown): string[] {
  if (typeof of === 'string') return [of]
  if (typeof of === 'function') return [String(of('Mia', 'Grandma')), String(of(1)), String(of(2))]
  return Object.values(of as object).flatMap(sentences)
}

test('no screen speaks jargon', () => {
  const all = sentences(ENGLISH)
  assert.ok(all.length > 150)
  assert.deepEqual(
    all.filter((sentence) => JARGON.test(sentence)),
    [],
  )
})

test('neither do the errors that a family meets', () => {
  const met = Object.values(ERRORS).map(({ says }) => says)
  assert.deepEqual(
    met.filter((sentence) => JARGON.test(sentence)),
    [],
  )
})

test('no sentence is empty', () => {
  assert.ok(sentences(ENGLISH).every((sentence) => sentence.trim() !== ''))
})
