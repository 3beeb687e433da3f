import type { z } from 'zod'
import type { Device } from '../keys/device.ts'
import { randomBytes } from '../keys/device.ts'
import { errorBody, type Route } from '../protocol/api/route.ts'
import { isErrorCode, PawpostError } from '../protocol/errors.ts'
import { requestNonce, signedHeaders } from '../protocol/request-signature.ts'

/** What a route's call takes. Parameters and query are strings or numbers; bodies are JSON or bytes. */
export type Input<R extends Route> = {
  readonly params?: z.input<R['params']>
  readonly query?: z.input<R['query']>
} & (R['body'] extends z.ZodType
  ? { readonly body: z.input<R['body']> }
  : R['body'] extends 'bytes'
    ? { readonly body: Uint8Array<ArrayBuffer> }
    : { readonly body?: undefined })

/** What a route's call gives. */
export type Output<R extends Route> = R['response'] extends z.ZodType
  ? z.output<R['response']>
  : R['response'] extends 'bytes'
    ? Uint8Array<ArrayBuffer>
    : undefined

/** Calls to one server. `signer` signs the requests of the key plane. */
export type Api = {
  call<R extends Route>(route: R, input: Input<R>, signer?: Device): Promise<Output<R>>
  /** Opens a stream of server-sent events. */
  stream<R extends Route>(
    route: R,
    input: Input<R>,
    options: { signer: Device; signal: AbortSignal },
  ): Promise<ReadableStream<Uint8Array>>
}

type Fetch = (input: string, init: RequestInit) => Promise<Response>

const PATIENCE = 30_000

/** The cause of an error that the server told: its word for it, nothing that was found out here. */
export const TOLD = 'told by the server'

const NO_BODY = new Uint8Array()

type Options = {
  /** In which the server writes what it mails and says: a BCP 47 tag. */
  readonly language?: string
}

/** An API over `fetch`. Throws only PawpostError: the server's code, `offline`, or `timeout`. */
export function createApi(
  origin: string,
  fetch: Fetch,
  now: () => number,
  { language }: Options = {},
): Api {
  async function request(
    route: Route,
    input: Input<Route>,
    options: { signer?: Device | undefined; signal: AbortSignal },
  ): Promise<Response> {
    const url = urlOf(origin, route, input)
    const body = bodyOf(route, input.body)
    const headers = new Headers(language === undefined ? {} : { 'accept-language': language })
    if (body) headers.set('content-type', contentType(route))
    const { signer } = options
    if (signer) {
      const signed = await signatureOf(url, route, { body: body ?? NO_BODY, signer, now: now() })
      for (const [name, value] of Object.entries(signed)) headers.set(name, value)
    }
    const init: RequestInit = { method: route.method, headers, signal: options.signal }
    const response = await reached(
      fetch(url.href, { ...init, ...(body && { body }), credentials: 'same-origin' }),
    )
    if (!response.ok) throw await errorOf(response)
    return response
  }

  return {
    async call<R extends Route>(route: R, input: Input<R>, signer?: Device) {
      const signal = AbortSignal.timeout(PATIENCE)
      const ask = (): Promise<Response> => request(route, input as Input<Route>, { signer, signal })
      const response = await ask().catch((error: unknown) => {
        // A network that delivers twice may bring the answer to the copy. Every call is repeatable.
        if (isCopysAnswer(error)) return ask()
        throw error
      })
      return (await reached(readAnswer(route, response))) as Output<R>
    },
    async stream(route, input, options) {
      const response = await request(route, input as Input<Route>, options)
      if (!response.body) throw new PawpostError('offline')
      return response.body
    },
  }
}

function isCopysAnswer(error: unknown): boolean {
  return (
    error instanceof PawpostError && error.code === 'signature-refused' && error.reason === 'nonce'
  )
}

function urlOf(origin: string, route: Route, input: Input<Route>): URL {
  const params = (input.params ?? {}) as Record<string, unknown>
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  )
  const url = new URL(path, origin)
  for (const [name, value] of Object.entries(input.query ?? {})) {
    url.searchParams.set(name, String(value))
  }
  return url
}

function bodyOf(route: Route, body: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (route.body === 'empty') return undefined
  if (route.body === 'bytes') return body as Uint8Array<ArrayBuffer>
  return new TextEncoder().encode(JSON.stringify(body))
}

function contentType(route: Route): string {
  return route.body === 'bytes' ? 'application/octet-stream' : 'application/json'
}

function signatureOf(
  url: URL,
  route: Route,
  { body, signer, now }: { body: Uint8Array; signer: Device; now: number },
): Promise<Record<string, string>> {
  const request = {
    method: route.method,
    authority: url.host,
    path: url.pathname,
    query: url.search || '?',
    body,
  }
  const created = Math.floor(now / 1000)
  const parameters = { signer: signer.id, created, nonce: requestNonce(randomBytes(16)) }
  return signedHeaders(request, parameters, signer.sign)
}

async function readAnswer(route: Route, response: Response): Promise<unknown> {
  if (route.response === 'bytes') return new Uint8Array(await response.arrayBuffer())
  if (typeof route.response === 'string') return undefined
  const parsed = route.response.safeParse(await response.json())
  if (!parsed.success) throw new PawpostError('internal', 'unexpected-answer')
  return parsed.data
}

/** Maps what the network does to our vocabulary: the one place for it. */
async function reached<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise
  } catch (cause) {
    if (cause instanceof PawpostError) throw cause
    const late = cause instanceof DOMException && cause.name === 'TimeoutError'
    throw new PawpostError(late ? 'timeout' : 'offline', undefined, { cause })
  }
}

async function errorOf(response: Response): Promise<PawpostError> {
  const answer: unknown = await response.json().catch(() => undefined)
  const parsed = errorBody.safeParse(answer)
  if (!parsed.success || !isErrorCode(parsed.data.code)) {
    return new PawpostError(response.status >= 500 ? 'offline' : 'internal', 'unexpected-answer')
  }
  return new PawpostError(parsed.data.code, parsed.data.reason, { cause: TOLD })
}
