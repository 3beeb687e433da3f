import type { IncomingHttpHeaders } from 'node:http'
import { PawpostError } from '../../../protocol/errors.ts'

/** The origins that are us: the configured one, or every loopback name of this port. */
export type Origins = {
  readonly canonical: string
  readonly all: ReadonlySet<string>
}

export function ownOrigins(configured: string | undefined, port: number): Origins {
  if (configured !== undefined) return { canonical: configured, all: new Set([configured]) }
  const names = ['localhost', '127.0.0.1', '[::1]']
  const [canonical = '', ...others] = names.map((name) => `http://${name}:${port}`)
  return { canonical, all: new Set([canonical, ...others]) }
}

/**
 * Refuses what another site makes a browser send. Programs that are no browsers send neither
 * header, and carry no cookies they were not given.
 */
export function requireOwnOrigin(headers: IncomingHttpHeaders, origins: Origins): void {
  const { origin } = headers
  const site = headers['sec-fetch-site']
  const foreign = origin === undefined ? isForeignSite(site) : !origins.all.has(origin)
  if (foreign) throw new PawpostError('origin-refused')
}

function isForeignSite(site: string | string[] | undefined): boolean {
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

/** host[:port] as the caller named us, if that is one of our names; our canonical one otherwise. */
export function authorityOf(headers: IncomingHttpHeaders, origins: Origins): string {
  const { protocol, host } = new URL(origins.canonical)
  const named = headers.host?.toLowerCase() ?? ''
  return origins.all.has(`${protocol}//${named}`) ? named : host
}
