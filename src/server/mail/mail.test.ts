import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Language, LANGUAGES } from '../../protocol/api/languages.ts'
import { pluralOf } from './plural.ts'
import type { Said } from './texts/en.ts'
import { WORDS } from './mail.ts'

/** What is handed to each mail: values that stand nowhere else. */
const GIVEN = {
  code: 'C-o_de77',
  link: 'https://paw.example/way#W-ay_88',
  minutes: 10,
  days: 90,
  at: '2026-11-23 11:45 UTC',
  browser: 'Firefox',
  system: 'Android',
  place: '198.51.100.0/24',
  lists: [{ source: 'Toy Shop', day: '2017-02-28' }],
  origin: 'https://paw.example',
  isAsked: true,
  host: 'paw.example',
  stop: 'https://paw.example/unsubscribe#S-top_99',
} as const

/** What of it has to be read in which mail. */
const READ: Readonly<Record<string, readonly string[]>> = {
  code: [GIVEN.code, '10'],
  known: [],
  blocked: [GIVEN.link, '10'],
  newBrowser: [GIVEN.at, GIVEN.browser, GIVEN.system, GIVEN.place],
  deleted: [],
  passwordChanged: [],
  reset: [GIVEN.link, GIVEN.code, '10'],
  breached: [],
  mustChange: [GIVEN.link, GIVEN.code, '10'],
  'factor-added': [],
  'factor-removed': [],
  'second-factor-failed': [],
  'recovery-code-used': [],
  'recovery-codes-renewed': [],
  'device-remembered': ['90'],
  breach: ['Toy Shop', '2017-02-28', GIVEN.origin],
  post: [GIVEN.host, `${GIVEN.origin}/\n`, GIVEN.stop],
}

type Write = (given: typeof GIVEN) => Said

function mailsIn(language: Language): ReadonlyMap<string, Said> {
  const { factors, exportNote: _e, deletionNote: _d, ...mails } = WORDS[language]
  const all: Readonly<Record<string, Write>> = { ...mails, ...factors }
  return new Map(Object.entries(all).map(([name, write]) => [name, write(GIVEN)]))
}

/** Sentences without what is handed in, names that are the same everywhere, and signs. */
function sentencesOf(text: string): string[] {
  return text
    .replaceAll(/https?:\/\/\S+|paw\.example|Toy Shop|Pawpost|UTC|[\d\u2066-\u2069]/g, '')
    .split(/[.:!?،؛\n]+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{Letter}{3}.*\p{Letter}{3}/u.test(sentence))
}

function allOf(language: Language): readonly (readonly [string, string])[] {
  const { exportNote, deletionNote } = WORDS[language]
  const mails = [...mailsIn(language)].flatMap(([name, { subject, text }]) => [
    [`${name}: subject`, subject] as const,
    [`${name}: text`, text] as const,
  ])
  return [...mails, ['exportNote', exportNote], ['deletionNote', deletionNote]]
}

test('every mail is there in every language, and says what it was given', () => {
  for (const language of LANGUAGES) {
    const mails = mailsIn(language)
    assert.deepEqual([...mails.keys()].toSorted(), Object.keys(READ).toSorted())
    for (const [name, { subject, text }] of mails) {
      const what = `${language} ${name}`
      assert.ok(subject.length > 10 && !subject.includes('\n'), what)
      assert.ok(text.length > 100 && text.endsWith('\n'), what)
      assert.doesNotMatch(subject + text, /undefined|null|NaN|\[object|\$\{/, what)
      for (const given of READ[name] ?? []) assert.ok(text.includes(given), `${what}: ${given}`)
    }
  }
})

test('nothing is left in English, and subjects are told apart as in English', () => {
  const english = new Map(allOf('en'))
  for (const language of LANGUAGES.filter((one) => one !== 'en')) {
    for (const [place, text] of allOf(language)) {
      const left = new Set(sentencesOf(english.get(place) ?? ''))
      assert.ok(left.size > 0, place)
      for (const sentence of sentencesOf(text))
        assert.ok(!left.has(sentence), `${language} ${place}: ${sentence}`)
    }
    const subjects = (of: Language): number =>
      new Set([...mailsIn(of).values()].map(({ subject }) => subject)).size
    assert.equal(subjects(language), subjects('en'))
  }
})

test('Arabic is in Arabic letters, with names and numbers set apart, links and codes left alone', () => {
  for (const [place, text] of allOf('ar')) {
    const foreign = text
      .replaceAll(/\u2068[^\u2069]*\u2069|^https?:\S+$|^[\w-]{8}$|Pawpost/gm, '')
      .match(/[a-z0-9]/i)
    assert.equal(foreign, null, `${place}: ${text}`)
    assert.match(text, /\p{Script=Arabic}/u)
    assert.ok(!/[\u2066-\u2069](https?:|C-o_de)|(#\S+|_de77)[\u2066-\u2069]/.test(text), place)
  }
})

test('a name that turns text around stays on its own, and turns nothing else', () => {
  for (const language of LANGUAGES) {
    const lists = [{ source: '\u202Eمتجر\u2069', day: '2017-02-28' }]
    const { text } = WORDS[language].breach({ ...GIVEN, lists })
    assert.ok(text.includes('\u2068متجر\u2069'), language)
    assert.doesNotMatch(text, /\u202E/)
  }
})

test('numbers take every form that a language has', () => {
  const counts = [0, 1, 2, 3, 11, 100, 1_000_000]
  for (const language of LANGUAGES) {
    const lists = (count: number): string => {
      const many = Array.from({ length: count }, () => GIVEN.lists[0])
      return WORDS[language].breach({ ...GIVEN, lists: many.slice(0, 200) }).text
    }
    for (const count of counts) {
      const { text } = WORDS[language].code({ code: GIVEN.code, minutes: count })
      assert.doesNotMatch(text, /undefined/)
      if (count < 200) assert.doesNotMatch(lists(count), /undefined/)
    }
  }
  assert.match(WORDS.ar.code({ code: '', minutes: 2 }).text, /دقيقتين/)
  assert.match(WORDS.ar.code({ code: '', minutes: 3 }).text, /دقائق/)
  assert.match(WORDS.es.code({ code: '', minutes: 1 }).text, /1 minuto\./)
  assert.match(WORDS.en.code({ code: '', minutes: 1 }).text, /1 minute\./)
})

test('the forms that the compiler asks for are those of the Unicode rules', () => {
  const forms = {
    en: { one: '', other: '' },
    es: { one: '', many: '', other: '' },
    ar: { zero: '', one: '', two: '', few: '', many: '', other: '' },
  } as const
  pluralOf('en')(1, forms.en)
  pluralOf('es')(1, forms.es)
  pluralOf('ar')(1, forms.ar)
  for (const language of LANGUAGES) {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions()
    assert.deepEqual(Object.keys(forms[language]).toSorted(), pluralCategories.toSorted())
  }
})

test('no line is longer than a mail may have (RFC 5322, 2.1.1)', () => {
  for (const language of LANGUAGES) {
    for (const [name, { text }] of mailsIn(language)) {
      const longest = Math.max(...text.split('\n').map((line) => Buffer.byteLength(line)))
      assert.ok(longest <= 998, `${language} ${name}: ${longest}`)
    }
  }
})
