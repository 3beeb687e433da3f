import { Secret, TOTP } from 'otpauth'

/** An answer, read. `body` is empty for answers without one. */
export type Read = {
  readonly status: number
  readonly code: string | undefined
  readonly body: Record<string, unknown>
  readonly cookies: readonly string[]
}

/** Something that keeps cookies, as a browser does. */
export type Browser = {
  /** Cookies by name; given away when a thief copies them. */
  readonly cookies: Map<string, string>
  post(path: string, body?: unknown): Promise<Read>
  put(path: string, body: unknown): Promise<Read>
  get(path: string): Promise<Read>
  remove(path: string): Promise<Read>
}

export function browserAt(
  { origin }: { readonly origin: string },
  cookies = new Map<string, string>(),
  more: Readonly<Record<string, string>> = {},
): Browser {
  async function request(method: string, path: string, body?: unknown): Promise<Read> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const json = body !== undefined && { 'content-type': 'application/json' }
    const response = await fetch(origin + path, {
      method,
      headers: { cookie, origin, ...json, ...more },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    for (const each of response.headers.getSetCookie()) keep(cookies, each)
    return read(response)
  }
  return {
    cookies,
    post: (path, body = {}) => request('POST', path, body),
    put: (path, body) => request('PUT', path, body),
    get: (path) => request('GET', path),
    remove: (path) => request('DELETE', path),
  }
}

function keep(cookies: Map<string, string>, header: string): void {
  const [pair = ''] = header.split(';')
  const at = pair.indexOf('=')
  const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
  if (value === '') cookies.delete(name)
  else cookies.set(name, value)
}

async function read(response: Response): Promise<Read> {
  const text = await response.text()
  const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
  const code = typeof body['code'] === 'string' ? body['code'] : undefined
  return { status: response.status, code, body, cookies: response.headers.getSetCookie() }
}

/** The code that an authenticator app shows at a moment. */
export function appCode(secret: string, now: number): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6 })
  return totp.generate({ timestamp: now })
}
