import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as english } from '@zxcvbn-ts/language-en'
import { knownWords, withoutWords, type Known } from './known-words.ts'

/*
 * The lists of words make this by far the largest script of the app: it is fetched when somebody
 * begins to type a new password, and never imported by anything that comes earlier.
 */

/** Powers of ten of the guesses that a good and a very good password take. */
const GUESSES = { good: 10, strong: 14 }
/** Characters that are looked at, so that no phone ever thinks for long. More never make it worse. */
const LOOKED_AT = 64

export type Strength = {
  readonly level: 'weak' | 'good' | 'strong'
  /** The words that others know and without which too little is left to guess. */
  readonly known: readonly string[]
}

let made: ZxcvbnFactory | undefined

/** Made when a password is long enough to be judged, in a pause of typing: it takes a slow phone long. */
function zxcvbn(): ZxcvbnFactory {
  made ??= new ZxcvbnFactory({
    dictionary: { ...common, ...english },
    graphs: adjacencyGraphs,
    maxLength: LOOKED_AT,
    l33tMaxSubstitutions: 8,
  })
  return made
}

/** How hard a password is to guess, also for somebody who knows the family. Nothing leaves the page. */
export function strengthOf(password: string, known: Known): Strength {
  const whole = guessesOf(password)
  const { found, rest } = withoutWords(password, knownWords(known))
  const left = found.length === 0 ? whole : guessesOf(rest)
  const isKnown = left < GUESSES.good && found.length > 0
  return { level: levelOf(Math.min(whole, left)), known: isKnown ? found : [] }
}

function levelOf(guesses: number): Strength['level'] {
  if (guesses < GUESSES.good) return 'weak'
  return guesses < GUESSES.strong ? 'good' : 'strong'
}

/** The power of ten of the guesses it takes. */
function guessesOf(password: string): number {
  return zxcvbn().check(password).guessesLog10
}
