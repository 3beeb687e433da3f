import type { Language } from '../../protocol/api/languages.ts'

/** The kinds of numbers that each language tells apart (Unicode CLDR, plural rules). */
type Kinds = {
  en: 'one' | 'other'
  es: 'one' | 'many' | 'other'
  ar: 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
}

/** Says how many, with a form for every kind of number that the language has. */
export type Plural<L extends Language> = (
  count: number,
  forms: Readonly<Record<Kinds[L], string>>,
) => string

export function pluralOf<L extends Language>(language: L): Plural<L> {
  const rules = new Intl.PluralRules(language)
  // The type above says the same as these rules; a test compares them.
  return (count, forms) => forms[rules.select(count) as Kinds[L]]
}
