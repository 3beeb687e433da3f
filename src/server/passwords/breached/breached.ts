import { createHash } from 'node:crypto'
import { normalisePassword } from '../policy.ts'
import type { BreachFilter } from './filter.ts'

/**
 * The filter that comes with Pawpost: more than 400,000 common passwords, each as it is and in lower
 * case, and words of this product. At 2^-16 it refuses one good password in 65,536 for nothing.
 * `tools/common-passwords.ts` makes it.
 */
export const COMMON_FILTER = new URL('common.filter', import.meta.url)

/**
 * Whether a password is on a list: as it was typed (so Have I Been Pwned hashes it), or as we
 * normalise it.
 */
export function isBreached(filter: BreachFilter, password: string): Promise<boolean> {
  return hasAny(filter, [password, normalisePassword(password)])
}

/** As {@link isBreached}, whatever the case of its letters: for {@link COMMON_FILTER}. */
export function isCommon(filter: BreachFilter, password: string): Promise<boolean> {
  const normal = normalisePassword(password)
  return hasAny(filter, [password, normal, normal.toLowerCase()])
}

async function hasAny(filter: BreachFilter, spellings: readonly string[]): Promise<boolean> {
  for (const spelling of new Set(spellings)) {
    if (await filter.has(sha1Of(spelling))) return true
  }
  return false
}

/** The SHA-1 of a password's UTF-8 bytes: what lists of breached passwords are made of. */
export function sha1Of(password: string): Uint8Array {
  return createHash('sha1').update(password, 'utf8').digest()
}
