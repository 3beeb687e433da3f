import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { padded, readPrefix, type Ranges } from './ranges.ts'

/** A running range server. */
export type RangeServer = AsyncDisposable & { readonly origin: string }

type Answer = {
  readonly status: number
  readonly body?: string
  readonly headers?: Record<string, string>
}

const HEADERS = {
  'content-type': 'text/plain; charset=utf-8',
  'x-content-type-options': 'nosniff',
  // The lists are public; clients in browsers ask too.
  'access-control-allow-origin': '*',
}
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, HEAD',
  'access-control-allow-headers': 'add-padding, user-agent',
  'access-control-max-age': '86400',
}
/** What one server takes at a time, and for how long. */
const BOUNDS = { connections: 256, headersMs: 5_000, requestMs: 10_000, headerBytes: 8_192 }

/**
 * Answers `GET /range/{five hex digits}` as Have I Been Pwned does (API version 3): `SUFFIX:COUNT`
 * lines ended by CRLF, always 200 for a well-formed prefix; padded with lines of count 0 when asked
 * by `Add-Padding: true`; 400 for a prefix that is none, and for `mode=ntlm`, which is not kept.
 * What was asked is neither logged nor kept. `onError` hears of lists that cannot be read (503).
 */
export async function startRangeServer(
  ranges: Ranges,
  { host, port }: { readonly host: string; readonly port: number },
  onError: (error: unknown) => void,
): Promise<RangeServer> {
  const timeouts = { headersTimeout: BOUNDS.headersMs, requestTimeout: BOUNDS.requestMs }
  const options = { ...timeouts, maxHeaderSize: BOUNDS.headerBytes }
  const server = createServer(options, (request, response) => {
    void answer(ranges, request, onError).then((said) => send(request, response, said))
  })
  server.maxConnections = BOUNDS.connections
  server.listen(port, host)
  await once(server, 'listening')
  return {
    origin: originOf(server.address() as AddressInfo),
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function originOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

async function answer(
  ranges: Ranges,
  request: IncomingMessage,
  onError: (error: unknown) => void,
): Promise<Answer> {
  if (request.method === 'OPTIONS') return { status: 200, headers: PREFLIGHT }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, headers: { allow: 'GET, HEAD, OPTIONS' } }
  }
  const [path = '', query] = (request.url ?? '').split('?', 2)
  const asked = /^\/range\/([^/]*)$/.exec(path)?.[1]
  if (asked === undefined) return { status: 404 }
  const prefix = readPrefix(asked)
  if (prefix === undefined) return refused('The hash prefix was not in a valid format')
  const mode = new URLSearchParams(query).get('mode') ?? 'sha1'
  if (mode !== 'sha1') return refused('Only SHA-1 hashes are kept here')
  try {
    const lines = await ranges.lines(prefix)
    const wanted = request.headers['add-padding']?.toString().toLowerCase() === 'true'
    return found(wanted ? padded(lines) : lines)
  } catch (error) {
    onError(error)
    return { status: 503 }
  }
}

function found(lines: readonly string[]): Answer {
  const headers = { 'cache-control': 'public, max-age=86400', vary: 'Add-Padding' }
  return { status: 200, body: lines.join('\r\n'), headers }
}

function refused(body: string): Answer {
  return { status: 400, body }
}

function send(request: IncomingMessage, response: ServerResponse, said: Answer): void {
  const body = Buffer.from(said.body ?? '')
  response.writeHead(said.status, { ...HEADERS, 'content-length': body.length, ...said.headers })
  response.end(request.method === 'HEAD' ? undefined : body)
}
