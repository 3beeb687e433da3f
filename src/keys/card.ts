import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { base32crockford } from '@scure/base'
import { ascii } from '../protocol/bytes.ts'
import { PawpostError } from '../protocol/errors.ts'
import { randomBytes, seededDevice, type Device } from './device.ts'

/**
 * The recovery card: 128 random bits as 26 letters of Crockford's base32 and 2 check letters, in
 * groups of four. It derives a key pair that signs and holds like a device.
 */
const SECRET_BYTES = 16
const SECRET_LETTERS = 26
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A new card's code, as it is printed. */
export function newCard(): string {
  return cardCode(randomBytes(SECRET_BYTES))
}

/** The code of a card's 16 bytes. */
export function cardCode(secret: Uint8Array): string {
  const letters = base32crockford.encode(secret)
  const code = letters + checkLetters(letters)
  return code.match(/.{4}/g)?.join('-') ?? code
}

/** The key pair of a card. Throws `card-invalid` as {@link cardSecret} does. */
export async function openCard(code: string): Promise<Device> {
  const secret = cardSecret(code)
  return seededDevice(derive(secret, 'sig'), derive(secret, 'kem'))
}

/**
 * The 16 bytes of a code. Reads what people type: lower case, spaces, any dash, O for 0, I or L
 * for 1.
 * Throws `card-invalid` if the check letters do not fit.
 */
export function cardSecret(code: string): Uint8Array {
  const letters = code
    .toUpperCase()
    .replace(/[\s\p{Dash_Punctuation}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  const body = letters.slice(0, SECRET_LETTERS)
  const secret = readSecret(body)
  if (!secret || letters.slice(SECRET_LETTERS) !== checkLetters(body)) {
    throw new PawpostError('card-invalid')
  }
  return secret
}

function readSecret(letters: string): Uint8Array | undefined {
  try {
    const secret = base32crockford.decode(letters)
    return secret.length === SECRET_BYTES ? secret : undefined
  } catch {
    return undefined
  }
}

/**
 * Two check letters: the remainder of the letters, a polynomial over GF(32), by (x - 1)(x - 2)
 * (a Reed-Solomon code). Up to two wrong letters, and so any two that changed places, never fit.
 */
function checkLetters(letters: string): string {
  let [first, second] = [0, 0]
  for (const letter of letters) {
    const fed = first ^ ALPHABET.indexOf(letter)
    first = second ^ fed ^ doubled(fed)
    second = doubled(fed)
  }
  return `${ALPHABET[first]}${ALPHABET[second]}`
}

/** Twice a number of GF(32), modulo x^5 + x^2 + 1. */
function doubled(number: number): number {
  return number < 16 ? number << 1 : (number << 1) ^ 0b100101
}

function derive(secret: Uint8Array, what: string): Uint8Array {
  return hkdf(sha256, secret, undefined, ascii(`pawpost/card/v1/${what}`), 32)
}
