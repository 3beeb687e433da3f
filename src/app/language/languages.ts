/** The languages that Pawpost speaks, each by the name that its speakers give it. */
export const LANGUAGES = {
  en: { name: 'English', dir: 'ltr' },
  es: { name: 'Español', dir: 'ltr' },
  ar: { name: 'العربية', dir: 'rtl' },
} as const

export type Language = keyof typeof LANGUAGES

/**
 * No language, but English dressed up, for whoever adds words: what stands outside the brackets is
 * written into a screen and cannot be translated. It is chosen by its tag alone.
 */
export const PSEUDO = 'en-XA'
export type Tag = Language | typeof PSEUDO

/** The first of `wanted` (BCP 47 tags, best first) that Pawpost speaks; English when it is none. */
export function bestOf(wanted: readonly string[]): Language {
  const known = wanted.map((tag) => tag.toLowerCase().split('-')[0] ?? '').find(isLanguage)
  return known ?? 'en'
}

/**
 * As which `Intl` formats days, numbers and lists in `language`: by the customs of the reader's
 * country, if one of the `wanted` tags names it. Digits are always those that are typed and compared.
 */
export function localeOf(language: Language, wanted: readonly string[]): string {
  const own = wanted.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language
  return new Intl.Locale(own, { numberingSystem: 'latn' }).toString()
}

/** Whether these are the letters of a language that Pawpost speaks. */
export function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(LANGUAGES, tag)
}
