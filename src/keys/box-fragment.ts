import { concatBytes, fromBase64url } from '../protocol/bytes.ts'

/**
 * What stands behind the `#` of a drop-box's link, which never reaches a server: base64url of
 * version (1) || secret (16) || how many children (1) || their numbers (1 each) || greeting (UTF-8) ||
 * check (2). A child's number is its place among those that the log consents for, from 0; none means
 * all of them. The greeting is what the page calls the child: nobody but who has the link reads it.
 *
 * Nothing here needs more than a few lines, so that the first picture on an old phone has the name.
 */
export type BoxWords = {
  readonly secret: Uint8Array
  readonly children: readonly number[]
  readonly greeting: string
}

export const SECRET_BYTES = 16
const CHECK_BYTES = 2
/** Bytes of a greeting at most: a nickname or two, and a code that a printed sheet can hold. */
export const GREETING_BYTES = 60
const VERSION = 1
const HEAD_BYTES = 1 + SECRET_BYTES + 1

/** Everything but the check. */
export function writeWords({ secret, children, greeting }: BoxWords): Uint8Array<ArrayBuffer> {
  const head = Uint8Array.of(VERSION, ...secret, children.length, ...children)
  return concatBytes(head, new TextEncoder().encode(greeting))
}

/** Inverse of {@link writeWords}; nothing for what it never wrote. */
export function readWords(bytes: Uint8Array): BoxWords | undefined {
  const [version] = bytes
  const count = bytes[HEAD_BYTES - 1]
  if (version !== VERSION || count === undefined || bytes.length < HEAD_BYTES + count)
    return undefined
  const greeting = decoded(bytes.subarray(HEAD_BYTES + count))
  if (greeting === undefined) return undefined
  const secret = bytes.slice(1, 1 + SECRET_BYTES)
  return { secret, children: [...bytes.subarray(HEAD_BYTES, HEAD_BYTES + count)], greeting }
}

/** What a fragment calls the child, its check not looked at yet; nothing if it cannot be read. */
export function greetingIn(fragment: string): string | undefined {
  try {
    return readWords(fromBase64url(fragment).slice(0, -CHECK_BYTES))?.greeting
  } catch {
    return undefined
  }
}

function decoded(bytes: Uint8Array): string | undefined {
  if (bytes.length > GREETING_BYTES) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
