import { createHash, randomBytes } from 'node:crypto'
import { RECOVERY_CODES } from '../../protocol/api/factors.ts'
import type { AccountId } from '../../protocol/ids.ts'

/** Crockford's base32: no I, L, O and U, which look like others. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Five bits each: 150 in all. */
const LETTERS = 30
const GROUP = /.{5}/g
const READ = /^[0-9A-HJKMNP-TV-Z]{30}$/

/**
 * Recovery codes: six groups of five letters. Not seven of four as a recovery card: nobody shall
 * type the card's code here, which the server must never see.
 */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, newRecoveryCode)
}

function newRecoveryCode(): string {
  const letters = Array.from(randomBytes(LETTERS), (byte) => ALPHABET[byte % ALPHABET.length])
  return letters.join('').match(GROUP)?.join('-') ?? ''
}

/**
 * What the database keeps of a code: it is too long to be guessed, so a plain hash is enough.
 * Reads what people type: lower case, spaces, any dash, O for 0, I or L for 1. Undefined for what
 * is no code.
 */
export function hashRecoveryCode(account: AccountId, code: string): Buffer | undefined {
  const letters = code
    .toUpperCase()
    .replace(/[\s\p{Dash_Punctuation}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  if (!READ.test(letters)) return undefined
  return createHash('sha256').update(`recovery-code/v1\0${account}\0${letters}`).digest()
}
