import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Language } from '../../../protocol/api/languages.ts'
import type { Caller, Raw, Route } from '../../../protocol/api/route.ts'
import type { App } from './app.ts'
import { bytesOf, parse, parseBody } from './bodies.ts'
import type { IncomingRequest, SessionCaller, Signer } from './callers.ts'
import type { EventStream } from './events.ts'
import { authorityOf, requireOwnOrigin } from './origin.ts'
import { sourceOfRequest } from './source.ts'
import { wantedLanguage } from './wanted-language.ts'

type BodyOf<B extends z.ZodType | Raw> = B extends z.ZodType
  ? z.output<B>
  : B extends 'bytes'
    ? Uint8Array
    : undefined

type AnswerOf<A extends z.ZodType | Raw> = A extends z.ZodType
  ? z.input<A>
  : A extends 'bytes'
    ? Uint8Array
    : A extends 'events'
      ? (stream: EventStream) => Promise<void>
      : void

/** Who called, as far as the route asks: nobody, an account, an account and a signing device. */
type CallerOf<R extends Route> = R['callers'][number] extends 'none'
  ? unknown
  : R['callers'][number] extends 'session'
    ? { readonly caller: SessionCaller }
    : 'box' extends R['callers'][number]
      ? { readonly signer: Signer }
      : { readonly caller: SessionCaller; readonly signer: Signer }

/** A checked request, as handlers get it. */
export type Call<R extends Route> = {
  readonly params: z.output<R['params']>
  readonly query: z.output<R['query']>
  readonly body: BodyOf<R['body']>
  readonly headers: IncomingHttpHeaders
  /** What limits count by; undefined on this machine itself. */
  readonly source: string | undefined
  /** Which the caller wants to be answered in, of those that we speak. */
  readonly language: Language | undefined
  /** The request itself, for a signature that the handler checks. */
  readonly incoming: IncomingRequest
  /** Adds a header to the answer. */
  readonly setHeader: (name: string, value: string) => void
} & CallerOf<R>

/**
 * Answers a checked request. For `events`, what can be refused is refused before the returned
 * function runs; that one ends when the stream's signal aborts.
 */
export type Handler<R extends Route> = (call: Call<R>) => Promise<AnswerOf<R['response']>>

/**
 * Serves one route of the API: what they send, who calls and what they get is checked here, in this
 * order: what is malformed is refused before the database is asked for anything.
 */
export function serve<const R extends Route>(
  app: App,
  route: R,
  handler: Handler<R>,
  { bodyLimit }: { bodyLimit?: number } = {},
): void {
  app.http.route({
    method: route.method,
    url: route.path,
    ...(bodyLimit !== undefined && { bodyLimit }),
    handler: async (request, reply) => {
      if (route.method !== 'GET') requireOwnOrigin(request.headers, app.origins())
      const incoming = incomingOf(app, route, request)
      const query = parse('query', route.query, request.query)
      const body = parseBody(route.body, incoming.body, request.headers['content-type'])
      const who = await identify(app, route, incoming)
      const call = {
        params: incoming.params,
        query,
        body,
        headers: request.headers,
        source: incoming.source,
        language: wantedLanguage(request.headers['accept-language']),
        incoming,
        setHeader: (name: string, value: string) => void reply.header(name, value),
        ...who,
      }
      const answer: unknown = await handler(call as unknown as Call<R>)
      return send(app, route, reply, {
        answer,
        stillWelcome: () => identifySession(app, route, incoming),
      })
    },
  })
}

function incomingOf(app: App, route: Route, request: FastifyRequest): IncomingRequest {
  const [path, query] = splitUrl(request.raw.url ?? '')
  return {
    method: request.method,
    authority: authorityOf(request.headers, app.origins()),
    path,
    query: `?${query}`,
    body: bytesOf(request.body),
    headers: request.headers,
    params: parse('params', route.params, request.params),
    source: sourceOfRequest(request.socket.remoteAddress, request.headers, app.forwarded),
  }
}

function splitUrl(url: string): [path: string, query: string] {
  const at = url.indexOf('?')
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)]
}

/** Callers that no session and signature together make. */
const NOT_SIGNERS: readonly Caller[] = ['none', 'session', 'box']

async function identify(
  app: App,
  route: Route,
  incoming: IncomingRequest,
): Promise<{ caller?: SessionCaller; signer?: Signer }> {
  const { callers } = route
  if (callers.includes('none')) return {}
  const box = callers.includes('box') ? await app.callers.box(incoming) : undefined
  if (box) return { signer: box }
  const caller = await identifySession(app, route, incoming)
  const kinds = callers.filter((kind) => !NOT_SIGNERS.includes(kind)) as Signer['as'][]
  if (kinds.length === 0) return { caller }
  return { caller, signer: await app.callers.signer(incoming, kinds, caller) }
}

function identifySession(
  app: App,
  { id }: Route,
  incoming: IncomingRequest,
): Promise<SessionCaller> {
  return app.callers.session(incoming, id)
}

type Feed = (stream: EventStream) => Promise<void>

async function send(
  app: App,
  { response, status }: Route,
  reply: FastifyReply,
  { answer, stillWelcome }: { answer: unknown; stillWelcome: () => Promise<unknown> },
): Promise<FastifyReply> {
  reply.code(status)
  if (response === 'events') {
    reply.hijack()
    await app.streams.open(reply.raw, answer as Feed, stillWelcome)
    return reply
  }
  if (response === 'empty') return reply.send()
  if (response === 'bytes') {
    return reply.header('content-type', 'application/octet-stream').send(answer)
  }
  return reply
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify(response.parse(answer)))
}
