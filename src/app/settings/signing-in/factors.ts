import { locale } from '../../language/language.ts'
import type { FactorList } from '../../../protocol/api/factors.ts'
import type { Proven } from '../../proof/use-proof.tsx'

/** What each part of the page works with. */
export type Parts = {
  readonly factors: FactorList
  readonly proven: Proven
  /** After a change: looks again, and shows recovery codes if some were made. */
  readonly onChanged: (codes?: readonly string[]) => void
}

/** A day, such as `3 Nov 2026`, out of what the server says. */
export function dateOf(at: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(at))
}
