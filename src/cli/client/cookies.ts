import { z } from 'zod'
import type { Store } from '../../client/store.ts'

const KEY = 'cookies'
const jar = z.record(z.string(), z.string())

/** A `fetch` that keeps the server's cookies (one server, one path) in the profile's store. */
export function fetchWithCookies(
  store: Store,
): (input: string, init: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const known = (await store.get(KEY, jar)) ?? {}
    const headers = new Headers(init.headers)
    const cookie = Object.entries(known)
      .map(([name, value]) => `${name}=${value}`)
      .join('; ')
    if (cookie) headers.set('cookie', cookie)
    const response = await fetch(input, { ...init, headers })
    const set = response.headers.getSetCookie()
    if (set.length > 0) await store.write([{ key: KEY, value: set.reduce(applyCookie, known) }])
    return response
  }
}

function applyCookie(known: Record<string, string>, header: string): Record<string, string> {
  const [pair = '', ...attributes] = header.split(';').map((part) => part.trim())
  const name = pair.slice(0, pair.indexOf('='))
  const value = pair.slice(name.length + 1)
  const ended = attributes.some((attribute) => /^max-age=(0|-\d+)$/i.test(attribute))
  const { [name]: _, ...others } = known
  return ended || value === '' ? others : { ...others, [name]: value }
}
