import { PawpostError } from '../protocol/errors.ts'
import { householdId, type HouseholdId } from '../protocol/ids.ts'
import {
  GREETING_BYTES,
  readWords,
  SECRET_BYTES,
  writeWords,
  type BoxWords,
} from './box-fragment.ts'
import { randomBytes } from './device.ts'
import { readSecretLink, writeSecretLink } from './secret-link.ts'

/**
 * The link of a drop-box: `https://host/v/hh-…#<fragment>`. The path names the household, which is
 * the hash of its own first link, so that no server can show another one; the fragment's check
 * covers it, and a wrong letter anywhere behind the host is noticed.
 */
export type BoxLink = BoxWords & { readonly origin: string; readonly household: HouseholdId }

const KIND = { path: '/v/', ids: householdId }

/** A link with a new secret. Throws `bad-request` (`greeting`) for one that is too long. */
export function newBoxLink(parts: Omit<BoxLink, 'secret'>): BoxLink {
  const { length } = new TextEncoder().encode(parts.greeting)
  if (length > GREETING_BYTES) throw new PawpostError('bad-request', 'greeting')
  return { ...parts, secret: randomBytes(SECRET_BYTES) }
}

export function writeBoxLink({ origin, household, ...words }: BoxLink): string {
  return writeSecretLink(KIND, { origin, id: household, payload: writeWords(words) })
}

/** Reads a link. Throws `link-invalid` when a part is missing or a letter is wrong. */
export function readBoxLink(link: string): BoxLink {
  const { origin, id, payload } = readSecretLink(KIND, link)
  const words = readWords(payload)
  if (!words) throw new PawpostError('link-invalid')
  return { origin, household: id, ...words }
}
