import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, fromBase64url, sameBytes, toBase64url } from '../protocol/bytes.ts'
import { PawpostError } from '../protocol/errors.ts'
import { householdId, type HouseholdId } from '../protocol/ids.ts'
import {
  CHECK_BYTES,
  GREETING_BYTES,
  readWords,
  SECRET_BYTES,
  writeWords,
  type BoxWords,
} from './box-fragment.ts'
import { randomBytes } from './device.ts'

/**
 * The link of a drop-box: `https://host/v/hh-…#<fragment>`. The path names the household, which is
 * the hash of its own first link, so that no server can show another one; the fragment's check
 * covers it, and a wrong letter anywhere behind the host is noticed.
 */
export type BoxLink = BoxWords & { readonly origin: string; readonly household: HouseholdId }

/** A link with a new secret. Throws `bad-request` (`greeting`) for one that is too long. */
export function newBoxLink(parts: Omit<BoxLink, 'secret'>): BoxLink {
  const { length } = new TextEncoder().encode(parts.greeting)
  if (length > GREETING_BYTES) throw new PawpostError('bad-request', 'greeting')
  return { ...parts, secret: randomBytes(SECRET_BYTES) }
}

export function writeBoxLink(link: BoxLink): string {
  const words = writeWords(link)
  const fragment = toBase64url(concatBytes(words, checkOf(link.household, words)))
  return `${link.origin}/v/${link.household}#${fragment}`
}

/** Reads a link. Throws `link-invalid` when a part is missing or a letter is wrong. */
export function readBoxLink(link: string): BoxLink {
  try {
    const { origin, pathname, hash } = new URL(link.trim())
    const household = pathname.replace(/^\/v\//, '')
    if (!householdId.is(household)) throw new PawpostError('link-invalid')
    const bytes = fromBase64url(hash.slice(1))
    const payload = bytes.slice(0, -CHECK_BYTES)
    const words = readWords(payload)
    const isWhole = sameBytes(bytes.slice(-CHECK_BYTES), checkOf(household, payload))
    if (!words || !isWhole) throw new PawpostError('link-invalid')
    return { origin, household, ...words }
  } catch (cause) {
    throw new PawpostError('link-invalid', undefined, { cause })
  }
}

function checkOf(household: HouseholdId, words: Uint8Array): Uint8Array {
  return sha256(concatBytes(householdId.bytes(household), words)).slice(0, CHECK_BYTES)
}
