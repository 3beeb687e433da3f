import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assert as check, property, string } from 'fast-check'
import { LANGUAGES } from '../../../protocol/api/languages.ts'
import { wantedLanguage } from './wanted-language.ts'

test('the language that is wanted most and spoken here is taken', () => {
  const wishes = {
    es: 'es',
    'es-MX': 'es',
    'AR-eg': 'ar',
    'ar-EG,ar;q=0.9,en;q=0.8': 'ar',
    'fr-CA, fr;q=0.9, es-419;q=0.8, en;q=0.7': 'es',
    'en;q=0.5, es': 'es',
    'es;q=0, en': 'en',
    'de, *;q=0.5, ar;q=0.1': 'ar',
    'zh-Hant-TW;q=0.9 , es ; q=0.25': 'es',
  }
  for (const [header, language] of Object.entries(wishes)) {
    assert.equal(wantedLanguage(header), language, header)
  }
})

test('nothing is taken from what names none, or is not as it should be', () => {
  const wrong = [
    undefined,
    '',
    '*',
    'fr',
    'es;q=0',
    'es;q=2',
    'es;q=0.1234',
    'es;',
    'es,',
    ',es',
    'es_MX',
    'es;q=1;q=1',
    'es es',
    'español',
    'esperanto',
    'es\r\nX-More: yes',
    'es\0',
    '../es',
    `${'es,'.repeat(100)}es`,
    `${'x,'.repeat(20)}es`,
    'a'.repeat(100_000),
    '__proto__',
    'constructor',
  ]
  for (const header of wrong) assert.equal(wantedLanguage(header), undefined, header)
})

test('whatever is sent, the answer is a language or none', () => {
  check(
    property(string({ unit: 'binary', maxLength: 300 }), (header) => {
      const language = wantedLanguage(header)
      assert.ok(language === undefined || LANGUAGES.includes(language))
    }),
  )
})
