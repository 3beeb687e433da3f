import type { Language } from './languages.ts'
import type { Plural } from './plural.ts'

type Catalogue = Readonly<Record<string, unknown>>
type Source = (plural: Plural) => Promise<Catalogue>

/**
 * Where the words of each language are: those of the first picture, and those of what follows.
 * English stands in the screens themselves. The scripts import nothing, for everything waits for them.
 */
export const CATALOGUES: Readonly<Record<Language, { first?: Source; later?: Source }>> = {
  en: {},
  es: {
    first: async (plural) => (await import('./es/es-first.ts')).spanish(plural),
    later: async (plural) => (await import('./es/es-later.ts')).spanish(plural),
  },
  ar: {
    first: async (plural) => (await import('./ar/ar-first.ts')).arabic(plural),
    later: async (plural) => (await import('./ar/ar-later.ts')).arabic(plural),
  },
}
