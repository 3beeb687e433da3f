const SESSION = '__Host-pawpost'
const KNOWN = '__Host-known'
const DAY_S = 24 * 3600
/** How long the browser keeps it; the server's own clock decides. */
const SESSION_AGE_S = 90 * DAY_S
/** The longest that browsers allow (RFC 6265bis section 5.5). */
const KNOWN_AGE_S = 400 * DAY_S
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict'

/** The value of Set-Cookie that hands a token out. */
export function sessionCookie(token: string): string {
  return `${SESSION}=${token}; ${ATTRIBUTES}; Max-Age=${SESSION_AGE_S}`
}

/** The value of Set-Cookie that takes it back. */
export function noCookie(): string {
  return `${SESSION}=; ${ATTRIBUTES}; Max-Age=0`
}

/** The value of Set-Cookie by which a browser is known again. It opens nothing. */
export function knownCookie(token: string): string {
  return `${KNOWN}=${token}; ${ATTRIBUTES}; Max-Age=${KNOWN_AGE_S}`
}

/** The 32 bytes of a token in a Cookie header, if there is exactly one well-formed token. */
export function readToken(header: string | undefined): Buffer | undefined {
  return readNamed(SESSION, header)
}

/** As `readToken`, of the cookie by which a browser is known. */
export function readKnown(header: string | undefined): Buffer | undefined {
  return readNamed(KNOWN, header)
}

function readNamed(wanted: string, header: string | undefined): Buffer | undefined {
  const values = (header ?? '').split(';').flatMap((pair) => {
    const [name = '', value = ''] = pair.trim().split('=')
    return name === wanted ? [value] : []
  })
  const [token] = values
  if (values.length !== 1 || token === undefined) return undefined
  return /^[A-Za-z0-9_-]{43}$/.test(token) ? Buffer.from(token, 'base64url') : undefined
}
