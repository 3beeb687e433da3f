/** The same words in another language: the same places, with other strings in them. */
export type Said<T> = T extends string
  ? string
  : T extends (...args: infer Args) => string
    ? (...args: Args) => string
    : { readonly [Key in keyof T]: Said<T[Key]> }

/** How one sentence changes: `said` is what a translation gives, `args` are names and numbers. */
export type Dress = {
  readonly plain: (sentence: string) => string
  /** What a name or a number becomes before it is put into a sentence. */
  readonly given: (arg: unknown) => unknown
}

/** `words` with every sentence passed through `dress`. */
export function dressed<T>(words: T, dress: Dress): T {
  return walk(words, dress) as T
}

function walk(words: unknown, dress: Dress): unknown {
  if (typeof words === 'string') return dress.plain(words)
  if (typeof words === 'function')
    return (...args: unknown[]) => dress.plain(String(words(...args.map(dress.given))))
  if (Array.isArray(words)) return words.map((one) => walk(one, dress))
  if (typeof words !== 'object' || words === null) return words
  const entries = Object.entries(words).map(([name, value]) => [name, walk(value, dress)])
  return Object.fromEntries(entries) as unknown
}

const FROM_THE_RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u
const [FIRST_STRONG_ISOLATE, POP_ISOLATE] = ['\u2068', '\u2069']

/**
 * A name that is read the other way than the sentence it is put into is isolated (Unicode UAX 9,
 * FSI and PDI), so that it does not turn its neighbours around.
 */
export function isolated(arg: unknown, dir: 'ltr' | 'rtl'): unknown {
  if (typeof arg !== 'string' || arg === '') return arg
  const isForeign = dir === 'rtl' || FROM_THE_RIGHT.test(arg)
  return isForeign ? `${FIRST_STRONG_ISOLATE}${arg}${POP_ISOLATE}` : arg
}

const LATIN = 'aceinosuyACEINOSUY'
const ACCENTED = 'áçéíñóšúýÁÇÉÍÑÓŠÚÝ'

/** English that is readable, a third longer, and cannot be mistaken for anything else. */
export function pseudo(sentence: string): string {
  if (sentence === '') return ''
  const letters = sentence.replace(/[a-z]/gi, (letter) => ACCENTED[LATIN.indexOf(letter)] ?? letter)
  return `⟦${letters}${'~'.repeat(Math.ceil(sentence.length / 3))}⟧`
}
