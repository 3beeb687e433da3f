import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bestOf, localeOf } from './languages.ts'
import { pluralOf } from './plural.ts'
import { dressed, isolated, pseudo } from './say.ts'

const WORDS = {
  title: 'Post',
  of: (name: string, count: number): string => `${count} from ${name}`,
  list: [{ says: 'Once' }],
}

test('every sentence is dressed, also those that take names, and those in lists', () => {
  const shout = { plain: (said: string) => said.toUpperCase(), given: (arg: unknown) => arg }
  const words = dressed(WORDS, shout)
  assert.equal(words.title, 'POST')
  assert.equal(words.of('Mia', 2), '2 FROM MIA')
  assert.equal(words.list[0]?.says, 'ONCE')
})

test('a name is isolated where it is read the other way, and only there', () => {
  assert.equal(isolated('Mia', 'ltr'), 'Mia')
  assert.equal(isolated('ميا', 'ltr'), '\u2068ميا\u2069')
  assert.equal(isolated('דינה', 'ltr'), '\u2068דינה\u2069')
  assert.equal(isolated('Mia', 'rtl'), '\u2068Mia\u2069')
  assert.equal(isolated('', 'rtl'), '')
  assert.equal(isolated(7, 'rtl'), 7)
})

test('dressed-up English is readable, longer, and in brackets', () => {
  assert.equal(pseudo('Say it'), '⟦Šáý ít~~⟧')
  assert.equal(pseudo(''), '')
})

test('the first language that is wanted and known; English otherwise', () => {
  assert.equal(bestOf(['en-GB', 'es']), 'en')
  assert.equal(bestOf(['fi', 'es-MX', 'en']), 'es')
  assert.equal(bestOf(['fi', 'en']), 'en')
  assert.equal(bestOf(['fi']), 'en')
  assert.equal(bestOf([]), 'en')
  assert.equal(bestOf(['constructor', '__proto__']), 'en')
})

test('days are said as in the country of the reader, with digits that can be typed', () => {
  assert.equal(localeOf('en', ['de', 'en-GB', 'en-US']), 'en-GB-u-nu-latn')
  assert.equal(localeOf('en', ['ar-EG']), 'en-u-nu-latn')
  assert.equal(localeOf('ar', ['ar-EG', 'en']), 'ar-EG-u-nu-latn')
})

test('plurals follow the language', () => {
  const forms = { zero: '0', one: '1', two: '2', few: 'few', many: 'many', other: 'other' }
  const said = (language: string): string[] =>
    [0, 1, 2, 3, 11, 100].map((count) => pluralOf(language)(count, forms))
  assert.deepEqual(said('ar'), ['0', '1', '2', 'few', 'many', 'other'])
  assert.deepEqual(said('en'), ['other', '1', 'other', 'other', 'other', 'other'])
  assert.equal(pluralOf('ar')(2, { other: 'other' }), 'other')
})
