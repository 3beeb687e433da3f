import { fetchApart } from '../platform/modules.ts'
import { chosenTag } from './choice.ts'
import { CATALOGUES } from './catalogues.ts'
import { LANGUAGES, localeOf, PSEUDO, type Language } from './languages.ts'
import { pluralOf, type Plural } from './plural.ts'
import { dressed, isolated, pseudo, type Dress, type Said } from './say.ts'

/*
 * The language has to be known before the words of any screen are read, so this module waits for it
 * (and everything that has words waits for this module). English comes with the screens; another
 * language comes in two scripts of its own: what the first picture needs, and the rest (`later.ts`).
 */

type Loaded = { readonly language: Language; readonly words: Catalogue | undefined }

/** Words by the names of their objects; what a language has to have is in `catalogue.ts`. */
export type Catalogue = Readonly<Record<string, unknown>>

const tag = chosenTag()
const loaded = await load(tag === PSEUDO ? 'en' : tag)

/** The language that this page speaks. */
export const language: Language = loaded.language

/** As which `Intl` formats days, numbers and lists. */
export const locale: string = localeOf(language, globalThis.navigator?.languages ?? [])

const { dir } = LANGUAGES[language]
const dress: Dress = {
  plain: tag === PSEUDO ? pseudo : (sentence) => sentence,
  given: (arg) => isolated(arg, dir),
}

if (typeof document !== 'undefined') {
  document.documentElement.lang = language
  document.documentElement.dir = dir
}

/** The words of the first picture, as this page says them. */
export function first<const T>(name: string, english: T): Said<T> {
  return told(loaded.words?.[name] ?? english)
}

/** Words of any catalogue, as this page says them. */
export function told<T>(words: unknown): Said<T> {
  return dressed(words, dress) as Said<T>
}

async function load(wanted: Language): Promise<Loaded> {
  try {
    return { language: wanted, words: await loadFirst(wanted, pluralOf(wanted)) }
  } catch {
    // Without a network and without these words, English is better than nothing.
    return { language: 'en', words: undefined }
  }
}

async function loadFirst(wanted: Language, plural: Plural): Promise<Catalogue | undefined> {
  const { first } = CATALOGUES[wanted]
  if (first === undefined) return undefined
  await fetchApart(`${wanted}-first`)
  return first(plural)
}
