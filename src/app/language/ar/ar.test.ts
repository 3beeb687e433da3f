import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { FirstWords, LaterWords } from '../catalogue.ts'
import { ENGLISH } from '../english.ts'
import { pluralOf, type Forms, type Plural } from '../plural.ts'
import { arabic as firstWords } from './ar-first.ts'
import { arabic as laterWords } from './ar-later.ts'

type Words = FirstWords & LaterWords

type Said = (...args: readonly unknown[]) => unknown
type Leaf = string | Said

/** Every sentence by its place, such as `texts.menu.toy`. */
function leaves(of: unknown, path: string): (readonly [string, Leaf])[] {
  if (typeof of === 'string' || typeof of === 'function') return [[path, of as Leaf]]
  return Object.entries(of as object).flatMap(([name, value]) =>
    leaves(value, path === '' ? name : `${path}.${name}`),
  )
}

const inArabic = (plural: Plural): Words => ({ ...firstWords(plural), ...laterWords(plural) })
/** An archive counts in the page itself: its forms are data, and Arabic has more of them. */
const isOfPage = ([path]: readonly [string, Leaf]): boolean => path.startsWith('archivePage.found.')

const ARABIC = inArabic(pluralOf('ar'))
const arabic = leaves(ARABIC, '')
const english = new Map(leaves(ENGLISH, ''))

/** Names and signs, and what is only a place for something. */
const NO_LETTERS = new Set([
  'texts.app.name',
  'texts.card.file',
  'texts.password.quoted',
  'account.downloadFile',
  'account.goodbyeFile',
  'archive.pageFile',
  'archive.filesFile',
  'archive.lineFile',
  'archive.receiptFile',
  'kids.none',
  'kids.quiet.percent',
  'guide.pwned',
  'child.screen.speaker',
  'messages.count',
  'playing.factor',
  'playing.app',
  'toyPlaces.says',
  'toyPlaces.offers',
  'archivePage.lang',
  'archivePage.dir',
])

const ARABIC_LETTER = /\p{Script=Arabic}/u
/** A whole word of Arabic, also with what is written together with it before. */
const word = (words: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{M}])[وف]?(${words})(?![\\p{L}\\p{M}])`, 'u')
/** Words that no family should ever have to read. A passkey is “مفتاح مرور”, by its own name. */
const JARGON =
  /تشفير|مشفّ?ر|شهادة|رمز مميز|بصمة(?! إصبع)|(مفتاح|المفتاح)(?! (ال)?مرور)|(مفاتيح|المفاتيح)(?! (ال)?مرور)/u
/** What is written in one way to a man and in another to a woman. */
const GENDERED = word(
  'اضغط|اختر|اكتب|افتح|أرسل|استمع|سجّل|أدخل|حاول|انتظر|أعد|أضف|احفظ|اطبع|انسخ|المس|قل|ادع|اسأل|' +
    'خذ|تأكد|شغّل|أطفئ|اتصل|تستطيع أن|تريد|تودّ|تختار|توافق|تملك|تعرف أن|تجد|ستجد|سترى|تكون أنت',
)

const NAMES = ['‹one›', '‹two›', '‹three›', '‹four›']
const FACTS = {
  from: '‹from›',
  to: '‹to›',
  family: '‹family›',
  day: '‹day›',
  count: '‹count›',
}
/** What functions are called with: names, facts by name, and numbers that are said in digits. */
const CALLS: readonly (readonly unknown[])[] = [
  NAMES,
  [FACTS],
  ['‹one›', 7],
  ...[5, 21, 100].map((count) => [count, count + 2]),
]
/** One of each kind of number that Arabic tells apart. */
const COUNTS = [0, 1, 2, 3, 11, 100]
const FORMS = ['few', 'many', 'one', 'other', 'two', 'zero']

const saidBy = (leaf: Leaf, calls = CALLS): readonly string[] =>
  typeof leaf === 'string' ? [leaf] : calls.map((args) => String(leaf(...args)))

/** What was put in: markers, numbers, and the places that an archive fills in itself. */
const givenIn = (sentence: string): readonly string[] => sentence.match(/‹\w+›|\{\w+\}|\d+/g) ?? []

function found(isWrong: (said: string) => boolean): readonly string[] {
  const calls = [...CALLS, ...COUNTS.map((count) => [count, count])]
  return arabic.flatMap(([path, leaf]) =>
    saidBy(leaf, calls)
      .filter(isWrong)
      .map((said) => `${path}: ${said}`),
  )
}

test('Arabic has every place that English has, and no other', () => {
  const places = (of: readonly (readonly [string, Leaf])[]): readonly string[] =>
    of
      .filter((one) => !isOfPage(one))
      .map(([path, leaf]) => `${path}: ${typeof leaf}`)
      .sort()
  assert.ok(english.size > 900)
  assert.deepEqual(places(arabic), places([...english]))
})

test('no sentence is empty, and none has a hole in it', () => {
  assert.deepEqual(
    found((said) => said.trim() === ''),
    [],
  )
  const screens = arabic.filter(([path]) => !path.startsWith('archivePage.'))
  assert.deepEqual(
    screens.filter(([, leaf]) =>
      saidBy(leaf, [NAMES]).some((said) => /undefined|NaN|null|\[object/.test(said)),
    ),
    [],
  )
})

test('every sentence is Arabic, but for names and signs', () => {
  const foreign = arabic
    .filter(([, leaf]) =>
      saidBy(leaf, [NAMES, [FACTS], [5, 5]]).some((said) => !ARABIC_LETTER.test(said)),
    )
    .map(([path]) => path)
  assert.deepEqual(new Set(foreign), NO_LETTERS)
})

test('what is put into a sentence in English is in the Arabic one, too', () => {
  for (const [path, leaf] of arabic.filter((one) => !isOfPage(one))) {
    if (typeof leaf === 'string') continue
    const given = saidBy(english.get(path) ?? '').map(givenIn)
    for (const [call, said] of saidBy(leaf).entries())
      assert.deepEqual(new Set(givenIn(said)), new Set(given[call]), `${path}: ${said}`)
  }
})

test('whatever English counts has all six forms', () => {
  let asked: Forms[] = []
  const recording: Plural = (_count, forms) => {
    asked.push(forms)
    return forms.other
  }
  const counted = leaves(inArabic(recording), '').filter(
    ([path]) => !path.startsWith('archivePage.') && isCounted(path),
  )
  assert.ok(counted.length > 25)
  for (const [path, leaf] of counted) {
    asked = []
    saidBy(leaf, [
      [7, 7],
      ['‹one›', 7],
    ])
    assert.ok(asked.length > 0, path)
    for (const forms of asked) assert.deepEqual(Object.keys(forms).sort(), FORMS, path)
  }
  assert.deepEqual(Object.keys(ARABIC.archivePage.found).sort(), FORMS)
})

/** English says one otherwise than two, apart from the number itself. */
function isCounted(path: string): boolean {
  const leaf = english.get(path)
  if (typeof leaf !== 'function') return false
  const said = (count: number, before: readonly unknown[]): string =>
    String(leaf(...before, count, count)).replace(new RegExp(`\\b${count}\\b`, 'g'), '#')
  return said(7, []) !== said(1, []) || said(7, ['‹one›']) !== said(1, ['‹one›'])
}

test('messages are counted as Arabic counts', () => {
  assert.deepEqual(COUNTS.map(ARABIC.messages.shown), [
    'لا رسائل معروضة.',
    'رسالة واحدة معروضة.',
    'رسالتان معروضتان.',
    '3 رسائل معروضة.',
    '11 رسالة معروضة.',
    '100 رسالة معروضة.',
  ])
})

test('days, months and minutes are counted as Arabic counts', () => {
  assert.deepEqual(COUNTS.slice(1).map(ARABIC.rules.keep), [
    'يوم واحد',
    'يومان',
    '3 أيام',
    '11 يومًا',
    '100 يوم',
  ])
  const { age } = ARABIC.checkUp.password
  assert.equal(age(0), 'اخترتها قبل أقل من شهر.')
  assert.match(age(2), /قبل شهرين\. /)
  assert.match(age(11), /قبل 11 شهرًا\. /)
  const { minutesAndSeconds } = ARABIC.playing
  assert.equal(minutesAndSeconds(0, 3), '3 ثوانٍ')
  assert.equal(minutesAndSeconds(2, 11), 'دقيقتان و11 ثانية')
})

test('people who want to come in are counted', () => {
  assert.deepEqual(COUNTS.slice(1).map(ARABIC.texts.requests.banner), [
    'شخص يطلب الدخول',
    'شخصان يطلبان الدخول',
    '3 أشخاص يطلبون الدخول',
    '11 شخصًا يطلبون الدخول',
    '100 شخص يطلبون الدخول',
  ])
})

test('an archive counts its voices', () => {
  const { found: forms } = ARABIC.archivePage
  const said = (count: number): string =>
    pluralOf('ar')(count, forms).replace('{count}', String(count))
  assert.deepEqual(COUNTS.map(said), [
    'لا أصوات',
    'صوت واحد',
    'صوتان',
    '3 أصوات',
    '11 صوتًا',
    '100 صوت',
  ])
})

test('where nobody is named, the sentence does without', () => {
  assert.equal(ARABIC.box.page.title(''), 'رسالة صوتية')
  assert.equal(ARABIC.box.page.title('ميا'), 'رسالة صوتية إلى ميا')
  assert.equal(ARABIC.box.page.sent(''), 'في الطريق إلى العائلة.')
  assert.notEqual(ARABIC.box.family.shareText(''), ARABIC.box.family.shareText('ميا'))
  assert.equal(ARABIC.archive.fromTo('ميا', ''), 'ميا')
  assert.equal(ARABIC.signingIn.passkeyNameFor(''), 'Pawpost')
  assert.equal(ARABIC.archivePage.title(''), 'أصواتنا')
  assert.equal(ARABIC.archivePage.fileOf({ from: 'ميا', to: '' }), 'ميا')
  assert.match(ARABIC.archivePage.readMe({ family: '', day: 'x', count: 3 }), /^أصوات عائلة\n/)
})

test('no screen speaks jargon, or tells a man or a woman what to do', () => {
  assert.deepEqual(
    found((said) => JARGON.test(said) || GENDERED.test(said)),
    [],
  )
})

test('a name stands alone: no letter is joined to it, and no mark is set around it', () => {
  // Numbers may be joined: “and 3 seconds”.
  const named = arabic.filter(([path]) => path !== 'playing.minutesAndSeconds')
  assert.deepEqual(
    named
      .flatMap(([, leaf]) => saidBy(leaf, [NAMES, [FACTS]]))
      .filter((said) => /[\p{L}ـ]‹|›\p{L}|[\u200E\u200F\u202A-\u202E\u2066-\u2069]/u.test(said)),
    [],
  )
})

test('signs are the Arabic ones, and digits are those that are typed', () => {
  const screens = found((said) => /[٠-٩۰-۹,;?"'“”’]/.test(said))
  assert.deepEqual(
    screens.filter((one) => !one.startsWith('archivePage.readMe')),
    [],
  )
})

test('what is quoted in a sentence is what stands on the screen', () => {
  const { kids, archive, texts } = ARABIC
  const [, , , end] = kids.consent.points
  assert.ok(end.says.includes(`«${texts.family.title}»`))
  assert.ok(end.says.includes(`«${kids.end.title}»`))
  assert.ok(texts.card.printedHow.includes(`«${texts.create.hasCard}»`))
  assert.ok(archive.bringSays.includes(`«${archive.keepsakesTitle}»`))
  assert.ok(archive.stays[2].includes(`«${texts.settings.data}»`))
})

test('the scripts import nothing from elsewhere: everything waits for them', () => {
  const scripts = globSync('*.ts', { cwd: import.meta.dirname }).filter(
    (name) => !name.endsWith('.test.ts'),
  )
  assert.ok(scripts.length > 10)
  const imports = scripts.flatMap((name) =>
    readFileSync(join(import.meta.dirname, name), 'utf8')
      .split('\n')
      .filter((line) => /\bfrom '|\bimport\(/.test(line) && !line.startsWith('import type '))
      .filter((line) => !/ from '\.\/[a-z-]+\.ts'$/.test(line)),
  )
  assert.deepEqual(imports, [])
})
