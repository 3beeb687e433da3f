/** What is said about a new password while it is typed: a part of `texts`. */
export const password = {
  short: (missing: number): string =>
    missing === 1 ? 'Too short: 1 more character.' : `Too short: ${missing} more characters.`,
  long: (over: number): string =>
    over === 1 ? 'Too long: 1 character less.' : `Too long: ${over} characters less.`,
  enough: 'Long enough.',
  weak: 'Easy to guess. Add a word or two that nobody expects here.',
  known: (words: string): string =>
    `Easy to guess for somebody who knows you, because of ${words}. Add words that have nothing to do with you.`,
  quoted: (word: string): string => `“${word}”`,
  good: 'Good: hard to guess.',
  strong: 'Very good: very hard to guess.',
} as const
