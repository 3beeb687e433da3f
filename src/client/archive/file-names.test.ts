import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assert as check, property, string } from 'fast-check'
import { safeName, uniqueNames } from './file-names.ts'

test('names of any script stay as they are', () => {
  for (const name of ['Grandma to Mia', 'Abuela a Zoë', 'جدة إلى ميا', 'Ömer’s Opa']) {
    assert.equal(safeName(name), name.normalize('NFC'))
  }
})

test('what a file system reserves, or what hides, is gone', () => {
  assert.equal(safeName('../../etc/passwd'), 'etc passwd')
  assert.equal(safeName('a\\b:c*d?e"f<g>h|i'), 'a b c d e f g h i')
  assert.equal(safeName('oma\u202egpj.exe\u0000'), 'oma gpj exe')
})

test('whatever somebody is called, the name is safe and short', () => {
  check(
    property(string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const name = safeName(text)
      assert.ok(Buffer.byteLength(name) <= 90)
      assert.match(name, /^[\p{L}\p{N}\p{M} ,'’()-]*$/u)
      assert.equal(name, name.trim())
    }),
  )
})

test('two of one name are told apart, capitals or not', () => {
  const nameOf = uniqueNames()
  assert.deepEqual(['Oma', 'oma', 'Opa', 'OMA'].map(nameOf), ['Oma', 'oma (2)', 'Opa', 'OMA (3)'])
})
