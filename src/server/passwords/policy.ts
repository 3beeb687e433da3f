import { readFileSync } from 'node:fs'
import { PawpostError } from '../../protocol/errors.ts'

/** Counted in code points, as a person counts (NIST SP 800-63B-4 section 3.1.1.2). */
const MIN_LENGTH = 15
const MAX_LENGTH = 256
/** A password must leave at least this much to guess once what everybody tries is taken out. */
const MIN_EFFORT = 8

const PRODUCT_WORDS = ['pawpost', 'cloudpets']

/** What long passwords of careless people are made of; the list knows only whole passwords. */
const COMMON_WORDS =
  'password passwort passw0rd p@ssword p@ssw0rd motdepasse contraseña iloveyou letmein welcome administrator admin monkey dragon master football baseball princess sunshine superman trustno1 shadow secret changeme default hello login internet computer test geheim hallo'.split(
    ' ',
  )

/** Neighbours on keyboards and in alphabets, forwards and backwards, round the end too. */
const ROWS =
  'abcdefghijklmnopqrstuvwxyz 1234567890 qwertyuiop asdfghjkl zxcvbnm qwertzuiop yxcvbnm azertyuiop qsdfghjklm wxcvbn !@#$%^&*() 1qaz 2wsx 3edc 4rfv 5tgb 6yhn 7ujm 1q2w3e4r5t6y7u8i9o0p'.split(
    ' ',
  )

const NEIGHBOURS = new Set(ROWS.flatMap(pairsOf))
const LIST = readList(new URL('common-passwords.txt', import.meta.url))

/**
 * The one place where a password is changed before it is hashed: Unicode NFC, so that it is the
 * same on every keyboard. (NIST allows it; OWASP ASVS 6.2.8 would have it untouched.)
 */
export function normalisePassword(password: string): string {
  return password.toWellFormed().normalize('NFC')
}

/** Throws the code of the rule that a new password breaks. No rule wants kinds of characters. */
export function requireGoodPassword(password: string, address: string): void {
  const normal = normalisePassword(password)
  const length = Array.from(normal).length
  if (length < MIN_LENGTH) throw new PawpostError('password-short')
  if (length > MAX_LENGTH) throw new PawpostError('password-long')
  const plain = normal.toLowerCase()
  if (isCommon(plain)) throw new PawpostError('password-common')
  if (without(plain, contextWords(address)).length < MIN_EFFORT) {
    throw new PawpostError('password-context')
  }
}

function isCommon(plain: string): boolean {
  return LIST.has(plain) || effortOf(plain) < MIN_EFFORT || periodOf(plain) < MIN_LENGTH
}

/** How many things there are to guess: a common word is one, a run such as "4567" two. */
function effortOf(plain: string): number {
  const letters = Array.from(without(plain, COMMON_WORDS, '\0'))
  return letters.filter((letter, index) => {
    const pair = `${letters[index - 1] ?? ''}${letter}`
    const before = `${letters[index - 2] ?? ''}${letters[index - 1] ?? ''}`
    return (
      !(NEIGHBOURS.has(pair) || isDouble(pair)) || !(NEIGHBOURS.has(before) || isDouble(before))
    )
  }).length
}

function isDouble(pair: string): boolean {
  const [first, second] = pair
  return first !== undefined && first === second
}

/** Letters after which it repeats itself; its length if it never does. */
function periodOf(plain: string): number {
  const half = Math.floor(plain.length / 2)
  for (let period = 1; period <= half; period += 1) {
    if (plain.startsWith(plain.slice(period))) return period
  }
  return plain.length
}

function contextWords(address: string): string[] {
  const [local = '', domain = ''] = address.toLowerCase().split('@')
  const parts = [address.toLowerCase(), local, domain, ...local.split(/[^\p{L}\p{N}]+/u)]
  return [...parts, ...domain.split('.'), ...PRODUCT_WORDS].filter((word) => word.length > 3)
}

/** The text with every word taken out, the longest first. */
function without(text: string, words: readonly string[], instead = ''): string {
  return words
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, word) => rest.replaceAll(word, instead), text)
}

function pairsOf(row: string): string[] {
  const letters = Array.from(row)
  return letters.flatMap((letter, index) => {
    const next = letters[(index + 1) % letters.length] ?? ''
    return [letter + next, next + letter]
  })
}

function readList(url: URL): ReadonlySet<string> {
  const lines = readFileSync(url, 'utf8').split('\n')
  return new Set(lines.filter((line) => line !== '' && !line.startsWith('# ')))
}
