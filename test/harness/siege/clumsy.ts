import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { routeNamed } from './route-name.ts'

/** What a network did, in numbers of requests. */
export type Clumsiness = {
  requests: number
  delayed: number
  /** Delivered twice, in any order; either answer was given. */
  doubled: number
  /** A copy was delivered again later, after requests that came after it. */
  late: number
  /** Held back until another request had overtaken it. */
  overtaken: number
}

/** A network that is honest but clumsy: it delays, doubles and reorders whole requests. */
export interface Network extends AsyncDisposable {
  readonly origin: string
  readonly counts: Clumsiness
  /** Where requests go: the server's port. */
  lead(port: number): void
  /** Clumsy unless it is calm. */
  calm(isCalm: boolean): void
  /** Without a connection, every request fails. */
  cut(isCut: boolean): void
  /** From now on new messages are refused for good, as by the server; it never sees them. */
  refuseMessages(isRefusing: boolean): void
  /** The control: from now on every n-th message is acknowledged and goes nowhere. */
  swallowMessages(every: number): void
}

type Asked = {
  readonly method: string
  readonly path: string
  readonly headers: Headers
  readonly body: Uint8Array<ArrayBuffer>
}
type Reply = { readonly status: number; readonly headers: Headers; readonly body: Uint8Array }

const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host']
/** How often, out of 1. */
const OFTEN = { delay: 0.1, double: 0.06, late: 0.06, hold: 0.04, releaseLate: 0.3 }
const LONGEST_DELAY_MS = 30
const LONGEST_HOLD_MS = 60

/** Starts a network in front of a server that does not run yet. */
export async function startNetwork(random: () => number): Promise<Network> {
  const counts = { requests: 0, delayed: 0, doubled: 0, late: 0, overtaken: 0 }
  const state = { port: 0, isCalm: false, isCut: false, isRefusing: false, swallow: 0, messages: 0 }
  const copies: Asked[] = []
  const held: (() => void)[] = []
  /** Messages that the server may have: what it has it would not refuse. */
  const passed = new Set<string>()
  const swallowed = new Set<string>()

  const pass = (asked: Asked): Promise<Reply> => {
    if (isMessage(asked)) passed.add(asked.path)
    return forward(state.port, asked)
  }

  async function hold(): Promise<void> {
    const overtaken = new Promise<true>((resolve) => held.push(() => resolve(true)))
    if (await Promise.race([overtaken, sleep(LONGEST_HOLD_MS, false)])) counts.overtaken += 1
  }

  async function deliver(asked: Asked): Promise<Reply> {
    if (state.isCalm) return pass(asked)
    if (random() < OFTEN.late) copies.push(asked)
    if (random() < OFTEN.delay) {
      counts.delayed += 1
      await sleep(random() * LONGEST_DELAY_MS)
    }
    if (random() < OFTEN.hold) await hold()
    if (random() >= OFTEN.double) return pass(asked)
    counts.doubled += 1
    const both = [pass(asked), pass(asked)] as const
    const answers = await Promise.allSettled(both)
    const chosen = answers[random() < 0.5 ? 0 : 1]
    if (chosen?.status === 'fulfilled') return chosen.value
    throw new Error('the server is away', { cause: chosen?.reason })
  }

  async function deliverLate(): Promise<void> {
    const copy = random() < OFTEN.releaseLate ? copies.shift() : undefined
    if (!copy) return
    counts.late += 1
    // Whatever it is answered, nobody waits for it any more.
    await pass(copy).catch(() => undefined)
  }

  async function answer(asked: Asked): Promise<Reply> {
    counts.requests += 1
    if (isMessage(asked)) {
      state.messages += 1
      const isDue = state.swallow > 0 && state.messages % state.swallow === 0
      // Once forgotten, always: a client that finds it missing would send it again.
      if (isDue || swallowed.has(asked.path)) {
        swallowed.add(asked.path)
        return thanks(asked)
      }
      if (state.isRefusing && !passed.has(asked.path)) return refusal()
    }
    const reply = await deliver(asked)
    for (const release of held.splice(0)) release()
    await deliverLate()
    return reply
  }

  const proxy = createServer((request, response) => {
    void respond(request, response, (asked) => (state.isCut ? undefined : answer(asked)))
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const { port } = proxy.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    counts,
    lead: (to) => void (state.port = to),
    calm: (isCalm) => void (state.isCalm = isCalm),
    cut: (isCut) => void (state.isCut = isCut),
    refuseMessages: (isRefusing) => void (state.isRefusing = isRefusing),
    swallowMessages: (every) => void (state.swallow = every),
    async [Symbol.asyncDispose]() {
      proxy.closeAllConnections()
      proxy.close()
    },
  }
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (asked: Asked) => Promise<Reply> | undefined,
): Promise<void> {
  try {
    const reply = await answer(await readAsked(request))
    if (!reply) throw new Error('no connection')
    response.writeHead(reply.status, [...reply.headers].flat())
    response.end(reply.body)
  } catch {
    // A client that was killed, or a server that is away: the connection ends, as it would.
    response.destroy()
  }
}

async function readAsked(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (!HOP_BY_HOP.includes(name)) headers.set(name, String(value))
  }
  const body = Uint8Array.from(Buffer.concat(chunks))
  return { method: request.method ?? 'GET', path: request.url ?? '/', headers, body }
}

async function forward(port: number, { method, path, headers, body }: Asked): Promise<Reply> {
  const init = { method, headers, ...(body.length > 0 && { body }) }
  const response = await fetch(`http://127.0.0.1:${port}${path}`, init)
  const answered = new Headers(response.headers)
  for (const name of [...HOP_BY_HOP, 'content-encoding']) answered.delete(name)
  const bytes = new Uint8Array(await response.arrayBuffer())
  return { status: response.status, headers: answered, body: bytes }
}

function isMessage({ method, path }: Asked): boolean {
  return routeNamed(method, path) === 'sendMessage'
}

/** What the server answers once a message is durable. */
function thanks({ path }: Asked): Reply {
  return says(201, { message: path.split('/').at(-1) })
}

function refusal(): Reply {
  return says(422, { code: 'message-refused', message: 'message-refused' })
}

function says(status: number, content: unknown): Reply {
  const body = new TextEncoder().encode(JSON.stringify(content))
  return { status, headers: new Headers({ 'content-type': 'application/json' }), body }
}
