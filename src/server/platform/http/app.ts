import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { PawpostError } from '../../../protocol/errors.ts'
import type { Log } from '../log.ts'
import type { Callers } from './callers.ts'
import { createStreams, type Streams } from './events.ts'
import { answerOf } from './failures.ts'
import { securityHeaders } from './headers.ts'
import type { Origins } from './origin.ts'

/** The HTTP server before and while it listens. */
export type App = {
  readonly http: FastifyInstance
  readonly callers: Callers
  readonly streams: Streams
  readonly log: Log
  /** Our own origins; known once the port is. */
  readonly origins: () => Origins
  /** The header, in small letters, in which a proxy on this machine says for whom it speaks. */
  readonly forwarded?: string | undefined
}

/** Bytes of a JSON body, unless a route says otherwise. */
const JSON_LIMIT = 32 * 1024

const BOUNDS = {
  headersTimeout: 5000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1000,
  keepAliveTimeout: 10_000,
  maxHeaderSize: 16 * 1024,
  // Otherwise Node refuses a request without one itself, without our headers.
  requireHostHeader: false,
} as const
/** Per address that we listen on. */
export const MAX_CONNECTIONS = 4000

/** The HTTP server without routes. It answers every error itself, in the words of the vocabulary. */
export function createApp(options: Omit<App, 'http' | 'streams'>): App {
  const streams = createStreams()
  const headers = (): Record<string, string> => securityHeaders(options.origins().canonical)
  const http = fastify({
    serverFactory: (handler) => createBoundedServer(handler, headers),
    exposeHeadRoutes: false,
    bodyLimit: JSON_LIMIT,
    forceCloseConnections: 'idle',
    genReqId: () => randomBytes(9).toString('base64url'),
    frameworkErrors: (error, request, reply) => {
      answerError(options.log, error, request, reply)
    },
    return503OnClosing: false,
  })
  // One parser for everything: bytes, as they came. The routes know what they want.
  http.removeAllContentTypeParsers()
  http.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) =>
    done(null, bytes),
  )
  http.setErrorHandler((error, request, reply) => answerError(options.log, error, request, reply))
  http.setNotFoundHandler((request, reply) =>
    answerError(options.log, new PawpostError('not-found'), request, reply),
  )
  http.addHook('onResponse', async (request, reply) => logRequest(options.log, request, reply))
  http.addHook('preClose', async () => streams.close())
  return { ...options, http, streams }
}

function createBoundedServer(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  headers: () => Record<string, string>,
): Server {
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    for (const [name, value] of Object.entries(headers())) response.setHeader(name, value)
    handler(request, response)
  }
  const server = createServer(BOUNDS, answer)
  server.maxConnections = MAX_CONNECTIONS
  // Without a listener Node answers "Expect: anything" itself, without our headers.
  server.on('checkExpectation', answer)
  server.on('clientError', (error, socket) => answerSocket(error, socket, headers()))
  return server
}

/** What is not even HTTP: there is no request to answer to, only a socket. */
function answerSocket(error: Error, socket: Duplex, headers: Record<string, string>): void {
  if (!socket.writable || ('code' in error && error.code === 'ECONNRESET')) {
    socket.destroy()
    return
  }
  const known = 'code' in error && error.code !== undefined ? answerOf(error) : undefined
  const { status, body } = known?.known ? known : answerOf(new PawpostError('bad-request', 'http'))
  const content = JSON.stringify(body)
  const lines = [
    `HTTP/1.1 ${status} ${body.code}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(content)}`,
    'connection: close',
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${content}`)
}

function answerError(
  log: Log,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { status, body, known } = answerOf(error)
  if (!known) log.error({ request: request.id, err: error }, 'internal error')
  const answer = known ? body : { ...body, reason: request.id }
  return reply
    .code(status)
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify(answer))
}

/** One line per request, by the route's pattern: paths are what callers write into them. */
function logRequest(log: Log, request: FastifyRequest, reply: FastifyReply): void {
  log.info(
    {
      request: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    },
    'answered',
  )
}
