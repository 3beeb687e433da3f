import { once } from 'node:events'
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ROUTES } from '../../src/protocol/api/routes.ts'
import type { Route } from '../../src/protocol/api/route.ts'
import { startTestServer, type TestServerOptions } from '../harness/server.ts'

/** One call of our API, as the server that lies sees it. */
export type Asked = {
  readonly route: string
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: Uint8Array<ArrayBuffer>
}

export type Reply = {
  readonly status: number
  readonly headers: Headers
  readonly body: Uint8Array<ArrayBuffer>
}

/** What the server does instead of answering honestly; `forward` asks the honest one. */
export type Lie = (asked: Asked, forward: () => Promise<Reply>) => Promise<Reply>

/** The real server behind a proxy that can lie: to its clients it is the server. */
export interface EvilServer {
  readonly origin: string
  mails(): Promise<string[]>
  /** From now on the server lies like this, and in no other way. */
  lie(lie: Lie): void
  /** From now on it is honest. */
  behave(): void
  close(): Promise<void>
}

const HONEST: Lie = (_, forward) => forward()

/** Starts both; the real server is told that the proxy's origin is its own. */
export async function startEvilServer(
  options: Omit<TestServerOptions, 'args'> = {},
): Promise<EvilServer> {
  let current = HONEST
  const upstream = { port: 0 }
  const proxy = createServer((request, response) => {
    void answer(request, response, { lie: current, upstream: upstream.port })
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const { port } = proxy.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  const server = await startTestServer({ ...options, args: ['--origin', origin] })
  upstream.port = server.port
  return {
    origin,
    mails: () => server.mails(),
    lie(lie) {
      current = lie
    },
    behave() {
      current = HONEST
    },
    async close() {
      proxy.closeAllConnections()
      proxy.close()
      await server.close()
    },
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { lie, upstream }: { lie: Lie; upstream: number },
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://proxy')
  const { route, params } = routeOf(request.method ?? '', url.pathname)
  if (route === 'events') return pass(request, response, upstream)
  const body = await readAll(request)
  const asked = { route, path: url.pathname, params, query: url.searchParams, body }
  const reply = await lie(asked, () => forward(request, upstream, body))
  response.writeHead(reply.status, [...reply.headers].flat())
  response.end(reply.body)
}

/** Events only say that something moved, and never end: they pass as they come. */
function pass(request: IncomingMessage, response: ServerResponse, upstream: number): void {
  const { url: path, headers } = request
  const asked = ask({ host: '127.0.0.1', port: upstream, path, headers }, (reply) => {
    response.writeHead(reply.statusCode ?? 502, reply.headers)
    reply.pipe(response)
  })
  asked.on('error', () => response.destroy())
  response.on('close', () => asked.destroy())
  asked.end()
}

async function readAll(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Uint8Array.from(Buffer.concat(chunks))
}

const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host']

async function forward(
  request: IncomingMessage,
  upstream: number,
  body: Uint8Array<ArrayBuffer>,
): Promise<Reply> {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (!HOP_BY_HOP.includes(name)) headers.set(name, String(value))
  }
  const response = await fetch(`http://127.0.0.1:${upstream}${request.url}`, {
    method: request.method ?? 'GET',
    headers,
    ...(body.length > 0 && { body }),
  })
  const answered = new Headers(response.headers)
  for (const name of [...HOP_BY_HOP, 'content-encoding']) answered.delete(name)
  const bytes = new Uint8Array(await response.arrayBuffer())
  return { status: response.status, headers: answered, body: bytes }
}

function routeOf(method: string, path: string): Pick<Asked, 'route' | 'params'> {
  for (const route of ROUTES) {
    const params = route.method === method ? matched(route, path) : undefined
    if (params) return { route: route.id, params }
  }
  return { route: 'unknown', params: {} }
}

function matched(route: Route, path: string): Record<string, string> | undefined {
  const pattern = route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')
  const match = new RegExp(`^${pattern}$`).exec(path)
  return match ? { ...match.groups } : undefined
}

/** A reply of JSON with its content changed; one that is no success is left alone. */
export function changed<T>(reply: Reply, change: (content: T) => T): Reply {
  if (reply.status >= 300) return reply
  const content = JSON.parse(new TextDecoder().decode(reply.body)) as T
  return says(change(content), reply.status)
}

/** A reply of this JSON. */
export function says(content: unknown, status = 200): Reply {
  const headers = new Headers({ 'content-type': 'application/json' })
  return { status, headers, body: new TextEncoder().encode(JSON.stringify(content)) }
}

/** A reply of nothing. */
export function silence(): Reply {
  return { status: 204, headers: new Headers(), body: new Uint8Array() }
}

/** A reply of these bytes. */
export function hands(body: Uint8Array, type = 'application/octet-stream'): Reply {
  const headers = new Headers({ 'content-type': type })
  return { status: 200, headers, body: Uint8Array.from(body) }
}
