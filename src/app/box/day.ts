import { locale } from '../language/language.ts'
/** A day, as people write it. */
export function dayOf(at: number): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(at)
}
