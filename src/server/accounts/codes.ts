import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import type { AccountId } from '../../protocol/ids.ts'

/** Six digits, all equally likely. */
export function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0')
}

/**
 * What the database keeps of a code. With a key, because a million codes are quickly tried; bound
 * to the account, so that one code does not fit another.
 */
export function sealCode(key: Uint8Array, account: AccountId, code: string): Buffer {
  return createHmac('sha256', key).update(`code/v1\0${account}\0${code}`).digest()
}

export function isSameCode(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

/** A code that nobody guesses: 128 random bits. It is mailed, and looked up by its hash. */
export function newMailedCode(): string {
  return randomBytes(16).toString('base64url')
}

export function hashMailedCode(code: string): Buffer {
  return createHash('sha256').update(`mailed-code/v1\0${code}`).digest()
}
