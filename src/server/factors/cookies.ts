import { createHash, randomBytes } from 'node:crypto'

/** Cookies that live for the minutes of a sign-in; the server's own clock decides. */
export const SHORT_COOKIES = {
  /** The sign-in whose second factor is awaited. */
  pending: '__Host-pawpost-pending',
  /** The browser that asked for a passkey's challenge before it was anybody's. */
  ceremony: '__Host-pawpost-ceremony',
} as const
type Name = (typeof SHORT_COOKIES)[keyof typeof SHORT_COOKIES]

const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict'

/** A new token: the value of Set-Cookie, and the hash that the database keeps. */
export function newShortCookie(name: Name, ms: number): { cookie: string; hash: Buffer } {
  const token = randomBytes(32)
  const cookie = `${name}=${token.toString('base64url')}; ${ATTRIBUTES}; Max-Age=${ms / 1000}`
  return { cookie, hash: hashOf(token) }
}

/** The value of Set-Cookie that takes it back. */
export function noShortCookie(name: Name): string {
  return `${name}=; ${ATTRIBUTES}; Max-Age=0`
}

/** The hash of the token in a Cookie header, if there is exactly one well-formed one. */
export function readShortCookie(name: Name, header: string | undefined): Buffer | undefined {
  const values = (header ?? '').split(';').flatMap((pair) => {
    const [key = '', value = ''] = pair.trim().split('=')
    return key === name ? [value] : []
  })
  const [token] = values
  if (values.length !== 1 || token === undefined) return undefined
  return /^[A-Za-z0-9_-]{43}$/.test(token) ? hashOf(Buffer.from(token, 'base64url')) : undefined
}

function hashOf(token: Buffer): Buffer {
  return createHash('sha256').update(token).digest()
}
