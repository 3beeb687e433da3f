import type { MessageState } from '../rulings.ts'

/** One sentence for each plural of a language (Intl.PluralRules); `{count}` is the number. */
export type Counted = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string }

/** What stands in an archive, in the language of who made it. */
export type ArchiveWords = {
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
  readonly title: (family: string) => string
  readonly made: (day: string) => string
  readonly keepSafe: string
  readonly search: string
  readonly play: (who: string) => string
  readonly playing: (who: string) => string
  readonly player: string
  readonly onAndOn: string
  readonly found: Counted
  readonly none: string
  readonly cannotPlay: string
  readonly noScript: string
  readonly fromTo: (names: { from: string; to: string }) => string
  readonly somebody: string
  readonly states: Readonly<Record<MessageState | 'keepsake', string>>
  /** The name of a sound's file, without its ending. */
  readonly fileOf: (names: { from: string; to: string }) => string
  readonly readMe: (facts: { family: string; day: string; count: number }) => string
}
