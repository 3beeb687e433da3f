const NAME = '__Host-pawpost'
/** How long the browser keeps it; the server's own clock decides. */
const MAX_AGE_S = 90 * 24 * 3600
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict'

/** The value of Set-Cookie that hands a token out. */
export function sessionCookie(token: string): string {
  return `${NAME}=${token}; ${ATTRIBUTES}; Max-Age=${MAX_AGE_S}`
}

/** The value of Set-Cookie that takes it back. */
export function noCookie(): string {
  return `${NAME}=; ${ATTRIBUTES}; Max-Age=0`
}

/** The 32 bytes of a token in a Cookie header, if there is exactly one well-formed token. */
export function readToken(header: string | undefined): Buffer | undefined {
  const values = (header ?? '').split(';').flatMap((pair) => {
    const [name = '', value = ''] = pair.trim().split('=')
    return name === NAME ? [value] : []
  })
  const [token] = values
  if (values.length !== 1 || token === undefined) return undefined
  return /^[A-Za-z0-9_-]{43}$/.test(token) ? Buffer.from(token, 'base64url') : undefined
}
