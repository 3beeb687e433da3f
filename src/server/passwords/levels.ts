import type { PasswordLevel } from '../platform/config.ts'

/** What a level asks for on top of the rules that always hold. */
type Demand = {
  /** Code points. */
  readonly length: number
  readonly mixed: (password: string) => boolean
}

const SMALL = /\p{Ll}/u
const CAPITAL = /\p{Lu}/u
const DIGIT = /\p{Nd}/u
const OTHER = /[^\p{Ll}\p{Lu}\p{Nd}]/u
const THREE_ALIKE = /(.)\1\1/su

/**
 * The five levels that Auth0 offers, for operators whose own rules ask for them. They are a preset
 * on top of the built-in rules and never weaken those, so `none` and `low` add nothing.
 *
 * None of them is the default. A rule about kinds of characters makes people write `Password1!`,
 * which every cracker tries first, and makes them give up pass phrases, which are longer and better
 * to remember: NIST SP 800-63B-4 section 3.1.1.2 says that verifiers SHALL NOT impose one, OWASP
 * ASVS 5.0 says so in 6.2.5. Length, lists and context do the work instead.
 */
const LEVELS: Readonly<Record<PasswordLevel, Demand>> = {
  none: { length: 1, mixed: () => true },
  low: { length: 6, mixed: () => true },
  fair: {
    length: 8,
    mixed: (password) => [SMALL, CAPITAL, DIGIT].every((kind) => kind.test(password)),
  },
  good: { length: 8, mixed: (password) => kindsIn(password) >= 3 },
  excellent: {
    length: 10,
    mixed: (password) => kindsIn(password) >= 3 && !THREE_ALIKE.test(password),
  },
}

/** The length in code points that a level asks for. */
export function lengthOf(level: PasswordLevel): number {
  return LEVELS[level].length
}

/** Whether a password has the kinds of characters that a level asks for. */
export function isMixed(level: PasswordLevel, password: string): boolean {
  return LEVELS[level].mixed(password)
}

function kindsIn(password: string): number {
  return [SMALL, CAPITAL, DIGIT, OTHER].filter((kind) => kind.test(password)).length
}
