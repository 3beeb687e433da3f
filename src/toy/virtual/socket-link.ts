import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { isErrorCode, PawpostError } from '../../protocol/errors.ts'
import { realClock, within } from '../clock.ts'
import type { ToyLink } from '../link.ts'
import { type Event, event, line, type Request } from './wire.ts'

const CONNECT_MS = 10_000

type Pending = PromiseWithResolvers<Uint8Array | undefined>
type Wire = {
  readonly socket: Socket
  readonly pending: Map<number, Pending>
  readonly listeners: Map<string, (bytes: Uint8Array) => void>
  readonly onEnd: (() => void)[]
  readonly hello: PromiseWithResolvers<string>
  asked: number
  connected: boolean
}

/** `Request` without its number. */
type Ask<R = Request> = R extends { id: number } ? Omit<R, 'id'> : never

/**
 * The link to a virtual toy served on a unix socket. Rejects with `toy-missing` when nobody listens
 * there. Closing the link closes the socket too.
 */
export async function socketLink(path: string): Promise<ToyLink> {
  const wire = open(path)
  const name = await answered(wire, wire.hello.promise, 'hello')
  return {
    name,
    connect: async (signal) => {
      signal?.throwIfAborted()
      await answered(wire, ask(wire, { do: 'connect' }), 'connect', signal)
      wire.connected = true
    },
    read: async (characteristic) =>
      (await ask(wire, { do: 'read', characteristic })) ?? new Uint8Array(),
    write: async (characteristic, bytes, mode) => {
      await ask(wire, { do: 'write', characteristic, bytes: Uint8Array.from(bytes), mode })
    },
    subscribe: async (characteristic, listener) => {
      wire.listeners.set(characteristic, listener)
      await ask(wire, { do: 'subscribe', characteristic })
    },
    onDisconnect: (listener) => void wire.onEnd.push(listener),
    close: () => close(wire),
  }
}

/** What the other side answers in time; otherwise the socket is closed. */
async function answered<T>(
  wire: Wire,
  work: Promise<T>,
  reason: string,
  signal?: AbortSignal,
): Promise<T> {
  try {
    return await within(realClock, work, { ms: CONNECT_MS, reason, signals: [signal] })
  } catch (error) {
    wire.socket.destroy()
    throw error
  }
}

function open(path: string): Wire {
  const wire: Wire = {
    socket: createConnection(path),
    pending: new Map(),
    listeners: new Map(),
    onEnd: [],
    hello: Promise.withResolvers(),
    asked: 0,
    connected: false,
  }
  const lines = createInterface(wire.socket)
  lines.on('line', (text) => {
    const message = parse(text)
    if (message === undefined) wire.socket.destroy()
    else receive(wire, message)
  })
  // The event `close` follows and tells everybody who waits.
  lines.on('error', () => undefined)
  wire.socket.on('error', () => undefined)
  wire.socket.on('close', () => {
    wire.hello.reject(new PawpostError('toy-missing'))
    for (const waiting of wire.pending.values()) waiting.reject(new PawpostError('toy-gone'))
    ended(wire)
  })
  return wire
}

function parse(text: string): Event | undefined {
  try {
    return event.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function receive(wire: Wire, message: Event): void {
  if ('reply' in message) return settle(wire, message)
  if (message.on === 'hello') wire.hello.resolve(message.name)
  else if (message.on === 'disconnect') ended(wire)
  else wire.listeners.get(message.characteristic)?.(message.bytes)
}

function settle(wire: Wire, reply: Extract<Event, { reply: number }>): void {
  const waiting = wire.pending.get(reply.reply)
  wire.pending.delete(reply.reply)
  if (!('code' in reply)) return waiting?.resolve(reply.bytes)
  const code = isErrorCode(reply.code) ? reply.code : 'internal'
  waiting?.reject(new PawpostError(code, reply.reason))
}

function ask(wire: Wire, what: Ask): Promise<Uint8Array | undefined> {
  if (!wire.socket.writable) return Promise.reject(new PawpostError('toy-gone'))
  wire.asked += 1
  const waiting: Pending = Promise.withResolvers()
  wire.pending.set(wire.asked, waiting)
  wire.socket.write(line({ id: wire.asked, ...what }))
  return waiting.promise
}

function ended(wire: Wire): void {
  if (!wire.connected) return
  wire.connected = false
  for (const listener of wire.onEnd) listener()
}

async function close(wire: Wire): Promise<void> {
  if (wire.socket.destroyed) return
  const closed = once(wire.socket, 'close')
  wire.socket.end()
  await closed
}
