/*
 * How much a thief has to guess who knows what people do: common words, runs on the keyboard,
 * years, repetitions, a digit for a letter, a word backwards.
 */

/** What careless people's passwords are made of; lists know only whole passwords. */
const COMMON_WORDS =
  'password passwort passw0rd p@ssword p@ssw0rd motdepasse contraseña iloveyou letmein welcome administrator admin monkey dragon master football baseball princess sunshine superman trustno1 shadow secret changeme default hello login internet computer test geheim hallo qwerty qwertz azerty the my 123456 12345 1234 123 12 1! 007'.split(
    ' ',
  )

/** Neighbours on keyboards and in alphabets, forwards and backwards, round the end too. */
const ROWS =
  'abcdefghijklmnopqrstuvwxyz 1234567890 qwertyuiop asdfghjkl zxcvbnm qwertzuiop yxcvbnm azertyuiop qsdfghjklm wxcvbn !@#$%^&*() 1qaz 2wsx 3edc 4rfv 5tgb 6yhn 7ujm 1q2w3e4r5t6y7u8i9o0p'.split(
    ' ',
  )

/** For two neighbours, the rows and directions in which they are. */
const WAYS = Map.groupBy(ROWS.flatMap(stepsOf), ({ pair }) => pair)
const YEAR = /(?:19|20)\d\d/g
/** Stands for something that is one guess, whatever its length. */
const ONE = '\0'
/** Shorter parts are found twice in any text. */
const REPEATED = 3

/** Who writes "p@$$word" has a few signs in a row; more are a number or a date. */
const FEW_SIGNS = /(?<!\P{L})\P{L}{1,3}(?!\P{L})/gu

/** The letters that signs stand for. */
const SIGNS: Readonly<Record<string, string>> = {
  0: 'o',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  8: 'b',
  '@': 'a',
  $: 's',
}

/**
 * How many things there are to guess in a text of small letters: a common word or one of `words`
 * is one, a year is one, what was there before is one, so is a letter that is doubled; a run such as
 * "4567" is two. Signs for letters and reading backwards are seen through.
 */
export function effortOf(plain: string, words: readonly string[] = []): number {
  const known = longestFirst([...COMMON_WORDS, ...words].flatMap((word) => [word, reversed(word)]))
  return Math.min(...disguisesOf(plain).map((text) => countThings(text, known)))
}

/** What may be meant by a text: itself, signs read as letters, each also backwards. */
export function disguisesOf(plain: string): readonly string[] {
  const texts = [
    plain,
    plain.replaceAll(FEW_SIGNS, readAs('i')),
    plain.replaceAll(FEW_SIGNS, readAs('l')),
  ]
  return [...new Set(texts.flatMap((text) => [text, reversed(text)]))]
}

/** Reads signs as letters; "1" and "!" may be an "i" or an "l". */
function readAs(one: 'i' | 'l'): (signs: string) => string {
  return (signs) =>
    Array.from(signs, (sign) => (sign === '1' || sign === '!' ? one : (SIGNS[sign] ?? sign))).join(
      '',
    )
}

/** Letters after which a text repeats itself; its length if it never does. */
export function periodOf(plain: string): number {
  const letters = Array.from(plain)
  // Rounded up: the last time may lack what joins them.
  const half = Math.ceil(letters.length / 2)
  for (let period = 1; period <= half; period += 1) {
    if (letters.every((letter, at) => at < period || letter === letters[at - period])) return period
  }
  return letters.length
}

function countThings(text: string, words: readonly string[]): number {
  const rest = words.reduce((left, word) => left.replaceAll(word, ONE), fold(text))
  const letters = Array.from(rest.replaceAll(YEAR, ONE))
  const single = letters.filter((letter, at) => letter === ONE || letter !== letters[at - 1])
  return single.filter((letter, at) => !isRun(single[at - 2], single[at - 1], letter)).length
}

/** A text with {@link ONE} for every part that was there before, forwards or backwards. */
function fold(text: string): string {
  let folded = ''
  for (let at = 0; at < text.length;) {
    const length = repeatedAt(text, at)
    folded += length < REPEATED ? text.charAt(at) : ONE
    at += length < REPEATED ? 1 : length
  }
  return folded
}

/** How much of what begins at a place is also before it. */
function repeatedAt(text: string, at: number): number {
  const before = text.slice(0, at)
  const both = `${before}\n${reversed(before)}`
  let length = 0
  while (at + length < text.length && both.includes(text.slice(at, at + length + 1))) length += 1
  return length
}

function reversed(text: string): string {
  return Array.from(text).reverse().join('')
}

/** Whether three letters follow each other in one direction of one row. */
function isRun(first = '', second = '', third = ''): boolean {
  const ways = WAYS.get(first + second) ?? []
  return ways.some(({ way }) => WAYS.get(second + third)?.some((step) => step.way === way))
}

function longestFirst(words: readonly string[]): readonly string[] {
  return words.toSorted((a, b) => b.length - a.length)
}

function stepsOf(row: string): readonly { pair: string; way: string }[] {
  const letters = Array.from(row)
  return letters.flatMap((letter, index) => {
    const next = letters[(index + 1) % letters.length] ?? ''
    return [
      { pair: letter + next, way: `${row} forwards` },
      { pair: next + letter, way: `${row} backwards` },
    ]
  })
}
