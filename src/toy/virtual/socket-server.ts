import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { PawpostError } from '../../protocol/errors.ts'
import type { Connection, VirtualToy } from './virtual-toy.ts'
import { type Event, line, request, type Request } from './wire.ts'

export type SocketToy = AsyncDisposable & { readonly path: string }

/**
 * Serves `toy` on a unix socket that only this user may open: at `path`, or in a new temporary
 * folder. Rejects when something else lies there or is served there already.
 */
export async function serveSocket(toy: VirtualToy, path?: string): Promise<SocketToy> {
  const folder = path === undefined ? await mkdtemp(join(tmpdir(), 'pawpost-toy-')) : undefined
  const where = path ?? join(folder ?? '', 'toy.sock')
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    serveCentral(toy, socket)
  })
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  }
  await removeStale(where)
  await listen(server, where)
  return { path: where, [Symbol.asyncDispose]: close }
}

/** A toy that was killed leaves its socket behind; one that somebody serves is left alone. */
async function removeStale(path: string): Promise<void> {
  const socket = createConnection(path)
  try {
    await once(socket, 'connect')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') await rm(path, { force: true })
  }
  socket.destroy()
}

async function listen(server: Server, path: string): Promise<void> {
  server.listen(path)
  await once(server, 'listening')
  await chmod(path, 0o600)
}

/** One central: the toy's single connection is taken by `connect` and freed when the socket ends. */
function serveCentral(toy: VirtualToy, socket: Socket): void {
  let connection: Connection | undefined
  const send = (message: Event): void => {
    if (socket.writable) socket.write(line(message))
  }
  const connect = (): void => {
    connection = toy.connect()
    connection.onDisconnect(() => send({ on: 'disconnect' }))
  }
  const live = (): Connection => {
    if (connection === undefined) throw new PawpostError('toy-gone')
    return connection
  }
  const serve = async (text: string): Promise<void> => {
    const asked = parse(text)
    if (asked === undefined) return void socket.destroy()
    try {
      if (asked.do === 'connect') connect()
      const bytes = await perform(asked, live(), send)
      send({ reply: asked.id, ...(bytes === undefined ? {} : { bytes }) })
    } catch (error) {
      send(failure(asked.id, error))
    }
  }
  send({ on: 'hello', name: toy.view().name })
  const lines = createInterface(socket)
  lines.on('line', (text) => void serve(text))
  // A central that vanishes in the middle of a line is an ordinary disconnection.
  lines.on('error', () => undefined)
  socket.on('error', () => undefined)
  socket.on('close', () => connection?.disconnect())
}

async function perform(
  asked: Request,
  connection: Connection,
  send: (message: Event) => void,
): Promise<Uint8Array | undefined> {
  switch (asked.do) {
    case 'connect':
      return undefined
    case 'disconnect':
      connection.disconnect()
      return undefined
    case 'read':
      return connection.read(asked.characteristic)
    case 'write':
      await connection.write(asked.characteristic, asked.bytes, asked.mode)
      return undefined
    default:
      await connection.subscribe(asked.characteristic, (bytes) =>
        send({ on: 'notification', characteristic: asked.characteristic, bytes }),
      )
      return undefined
  }
}

function parse(text: string): Request | undefined {
  try {
    return request.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function failure(reply: number, error: unknown): Event {
  if (!(error instanceof PawpostError)) return { reply, code: 'internal' }
  const { code, reason } = error
  return reason === undefined ? { reply, code } : { reply, code, reason }
}
