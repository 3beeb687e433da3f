import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { kids } from './children-texts.ts'

const DOCUMENT = join(import.meta.dirname, '../../../docs/consent.md')

function plain(text: string): string {
  return text.replaceAll('’', "'").replaceAll(/\s+/g, ' ').toLowerCase()
}

test('what a guardian reads before the consent is the statement that the log names', () => {
  const statement = plain(readFileSync(DOCUMENT, 'utf8').replaceAll('>', ''))
  const [first, ...others] = kids.consent.points
  assert.equal(others.length, 3)
  assert.ok(first && statement.includes(plain(first.says)))
  for (const { title, says } of others) assert.ok(statement.includes(plain(`${title}: ${says}`)))
})
