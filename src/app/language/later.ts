import { fetchApart } from '../platform/modules.ts'
import { CATALOGUES } from './catalogues.ts'
import { language, told, type Catalogue } from './language.ts'
import { pluralOf, type Plural } from './plural.ts'
import type { Said } from './say.ts'

/* The words of all that comes after the first picture; see `language.ts`. */

// Without a network and without these words, English is better than nothing.
const words = await loadLater(pluralOf(language)).catch(() => undefined)

/** The words of a later screen, as this page says them. */
export function later<const T>(name: string, english: T): Said<T> {
  return told(words?.[name] ?? english)
}

/** Words that are handed on as they are: for a page that says them itself. */
export function handedOn<T>(name: string, english: T): T {
  return (words?.[name] ?? english) as T
}

async function loadLater(plural: Plural): Promise<Catalogue | undefined> {
  const { later } = CATALOGUES[language]
  if (later === undefined) return undefined
  await fetchApart(`${language}-later`)
  return later(plural)
}
