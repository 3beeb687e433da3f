/** One form for each kind of number that a language tells apart (Unicode CLDR, plural rules). */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string }

/** Says how many: the form that `count` takes in a language. */
export type Plural = (count: number, forms: Forms) => string

/** The plural rules of a language (a BCP 47 tag). */
export function pluralOf(language: string): Plural {
  const rules = new Intl.PluralRules(language)
  return (count, forms) => forms[rules.select(count)] ?? forms.other
}
