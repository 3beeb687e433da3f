import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const APP = join(import.meta.dirname, '..')
/** Attributes that are read to somebody. The children of an element are the linter's business. */
const SAID = /\s(aria-label|aria-description|alt|title|placeholder|label|hint|submit)="[^"]*\p{L}/u

test('no attribute of a screen has words of its own', () => {
  const screens = globSync('**/*.tsx', { cwd: APP })
  assert.ok(screens.length > 100)
  const found = screens.flatMap((name) =>
    readFileSync(join(APP, name), 'utf8')
      .split('\n')
      .filter((line) => SAID.test(line))
      .map((line) => `${name}: ${line.trim()}`),
  )
  assert.deepEqual(found, [])
})
