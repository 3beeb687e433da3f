import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ENGLISH } from '../english.ts'
import { pluralOf } from '../plural.ts'
import { spanish as firstWords } from './es-first.ts'
import { spanish as laterWords } from './es-later.ts'

const plural = pluralOf('es')
const SPANISH = { ...firstWords(plural), ...laterWords(plural) }

/** Names, signs, and what is only a place for something: alike in both languages. */
const ALIKE = new Set([
  'texts.app.name',
  'texts.password.quoted',
  'archive.lineFile',
  'kids.none',
  'kids.quiet.percent',
  'guide.pwned',
  'messages.count',
  'playing.factor',
  'playing.app',
  'toyPlaces.says',
  'toyPlaces.offers',
  'archivePage.dir',
])

/** Words that no family should ever have to read. */
const JARGON = /\b(claves?|(des)?cifr\w*|verific\w*|huellas?|tokens?|certificad\w*|encript\w*)\b/i
/** What would say he of somebody who may be a she, and the crutches for it. */
const GENDERED = /\(as?\)|@|\w[oe]\/as?\b|\b(invitado|bienvenido)\b/i

const NAMES = ['‹one›', '‹two›', '‹three›', '‹four›']
const FACTS = {
  from: '‹from›',
  to: '‹to›',
  family: '‹family›',
  day: '‹day›',
  count: '‹count›',
}
/** What functions are called with: names, facts by name, and numbers (with every plural). */
const CALLS: readonly (readonly unknown[])[] = [
  NAMES,
  [FACTS],
  ...[0, 1, 2, 5, 21].map((count) => [count, count]),
]

type Said = (...args: readonly unknown[]) => unknown
type Leaf = string | Said

/** Every sentence by its place, such as `texts.menu.toy`. */
function leaves(of: unknown, path: string): (readonly [string, Leaf])[] {
  if (typeof of === 'string' || typeof of === 'function') return [[path, of as Leaf]]
  return Object.entries(of as object).flatMap(([name, value]) =>
    leaves(value, path === '' ? name : `${path}.${name}`),
  )
}

function saidBy(leaf: Leaf): readonly string[] {
  return typeof leaf === 'string' ? [leaf] : CALLS.map((args) => String(leaf(...args)))
}

const markersIn = (sentence: string): readonly string[] => sentence.match(/‹\w+›|\{\w+\}/g) ?? []

const english = new Map(leaves(ENGLISH, ''))
/** Spanish has a plural more: of a million. */
const spanish = leaves(SPANISH, '').filter(([path]) => path !== 'archivePage.found.many')

function found(isWrong: (said: string) => boolean): readonly string[] {
  return spanish.flatMap(([path, leaf]) =>
    saidBy(leaf)
      .filter(isWrong)
      .map((said) => `${path}: ${said}`),
  )
}

test('Spanish has every place that English has, and no other', () => {
  assert.ok(english.size > 900)
  assert.deepEqual(spanish.map(([path]) => path).sort(), [...english.keys()].sort())
})

test('whatever a screen asks for by name is there', () => {
  const app = join(import.meta.dirname, '../..')
  const scripts = globSync('**/*-texts.ts', { cwd: app }).map((name) => join(app, name))
  const asked = [...scripts, join(app, 'texts.ts')].flatMap((script) =>
    [...readFileSync(script, 'utf8').matchAll(/\b(?:first|later|handedOn)\(\s*'(\w+)'/g)].map(
      ([, name]) => name ?? '',
    ),
  )
  assert.deepEqual(asked.sort(), Object.keys(SPANISH).sort())
})

test('a sentence is a sentence, and what takes a name takes one', () => {
  for (const [path, leaf] of spanish) assert.equal(typeof leaf, typeof english.get(path), path)
})

test('no sentence is empty, and none has a hole in it', () => {
  assert.deepEqual(
    found((said) => said.trim() === ''),
    [],
  )
  const screens = spanish.filter(([path]) => !path.startsWith('archivePage.'))
  const whole = screens.map(([, leaf]) => (typeof leaf === 'string' ? leaf : leaf(...NAMES)))
  assert.deepEqual(
    whole.filter((said) => /undefined|NaN|null|\[object/.test(String(said))),
    [],
  )
})

test('only names and signs are alike in English and in Spanish', () => {
  const alike = spanish
    .filter(([path, leaf]) => saidBy(english.get(path) ?? '').join() === saidBy(leaf).join())
    .map(([path]) => path)
  assert.deepEqual(new Set(alike), ALIKE)
})

test('what is put into a sentence in English is in the Spanish one, too', () => {
  for (const [path, leaf] of spanish) {
    const given = saidBy(english.get(path) ?? '').map(markersIn)
    for (const [call, said] of saidBy(leaf).entries())
      assert.deepEqual(new Set(markersIn(said)), new Set(given[call]), `${path}: ${said}`)
  }
})

test('no screen speaks jargon, and none takes somebody for a man', () => {
  assert.deepEqual(
    found((said) => JARGON.test(said) || GENDERED.test(said)),
    [],
  )
})

test('quotation marks are the curly ones; questions and cries are opened', () => {
  const screens = spanish.filter(([path]) => path !== 'archivePage.readMe')
  const said = screens.flatMap(([, leaf]) => saidBy(leaf))
  assert.deepEqual(
    said.filter((one) => /["'«»]/.test(one)),
    [],
  )
  const marks = (one: string, mark: string): number => one.split(mark).length
  assert.deepEqual(
    said.filter(
      (one) => marks(one, '?') !== marks(one, '¿') || marks(one, '!') !== marks(one, '¡'),
    ),
    [],
  )
})

const COUNTS = [0, 1, 2, 5, 21]

test('people who want to come in are counted', () => {
  assert.deepEqual(COUNTS.map(SPANISH.texts.requests.banner), [
    '0 personas quieren entrar',
    'Alguien quiere entrar',
    '2 personas quieren entrar',
    '5 personas quieren entrar',
    '21 personas quieren entrar',
  ])
})

test('a password says how much is missing', () => {
  assert.deepEqual(COUNTS.slice(1).map(SPANISH.texts.password.short), [
    'Muy corta: falta 1 carácter.',
    'Muy corta: faltan 2 caracteres.',
    'Muy corta: faltan 5 caracteres.',
    'Muy corta: faltan 21 caracteres.',
  ])
})

test('messages, seconds and days are counted', () => {
  const { messages: said, playing: player, asking: asked, recording: recorder } = SPANISH
  assert.deepEqual(COUNTS.map(said.shown), [
    'Se muestran 0 mensajes.',
    'Se muestra 1 mensaje.',
    'Se muestran 2 mensajes.',
    'Se muestran 5 mensajes.',
    'Se muestran 21 mensajes.',
  ])
  assert.equal(said.moreWaiting(1), 'Te espera 1 más')
  assert.equal(said.moreWaiting(21), 'Te esperan 21 más')
  assert.equal(player.minutesAndSeconds(1, 21), '1 minuto y 21 segundos')
  assert.equal(player.minutesAndSeconds(0, 1), '1 segundo')
  assert.equal(asked.wants.keep(1), 'Los mensajes se guardan un día.')
  assert.equal(asked.wants.keep(30), 'Los mensajes se guardan 30 días.')
  assert.equal(recorder.secondsLeft(1), 'Queda 1 segundo')
  assert.equal(recorder.secondsLeft(5), 'Quedan 5 segundos')
})

test('months since a password was chosen', () => {
  const { age } = SPANISH.checkUp.password
  assert.equal(age(0), 'La elegiste hace menos de un mes.')
  assert.match(age(1), /hace un mes\. /)
  assert.match(age(21), /hace 21 meses\. /)
})

test('an archive counts its voices, up to a million of them', () => {
  const { found: forms } = SPANISH.archivePage
  const said = (count: number): string => plural(count, forms).replace('{count}', String(count))
  assert.deepEqual([0, 1, 2, 1_000_000].map(said), [
    '0 voces',
    '1 voz',
    '2 voces',
    '1000000 de voces',
  ])
})

test('where nobody is named, the sentence does without', () => {
  assert.equal(SPANISH.box.page.title(''), 'Di algo')
  assert.equal(SPANISH.box.page.title('Mía'), 'Di algo para Mía')
  assert.equal(SPANISH.box.page.sent(''), 'Va en camino a la familia.')
  assert.equal(SPANISH.archive.fromTo('Mía', ''), 'Mía')
  assert.equal(SPANISH.signingIn.passkeyNameFor(''), 'Pawpost')
  assert.equal(SPANISH.archivePage.title(''), 'Nuestras voces')
  assert.equal(SPANISH.archivePage.fileOf({ from: 'Mía', to: '' }), 'Mía')
})

test('one o’clock takes another article than the other hours', () => {
  assert.equal(SPANISH.asleep.until('Mía', '7:00'), 'Hasta las 7:00 duerme Mía.')
  assert.equal(SPANISH.asleep.until('Mía', '1:30 p. m.'), 'Hasta la 1:30 p. m. duerme Mía.')
  assert.match(SPANISH.kids.quiet.now('11:00', 'Tito'), /hasta las 11:00/)
})

test('a toy without a name keeps its article', () => {
  const { tonight, now, next, never } = SPANISH.kids.quiet
  for (const toy of Object.values(SPANISH.kids.the)) {
    const said = [tonight('20:00', '7:00', toy), now('7:00', toy), next('a', 'b', toy), never(toy)]
    for (const one of said) assert.doesNotMatch(one, /\b(a|de) el\b/)
  }
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
