import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { isSystemError } from '../files.ts'
import { StartError } from '../start-error.ts'
import type { App } from './app.ts'

/**
 * Accepts connections and returns the port. "localhost" is both loopback addresses: browsers try
 * either. Throws StartError where the port is taken.
 */
export async function listenOn(
  app: App,
  { host, port }: { host: string; port: number },
): Promise<number> {
  try {
    await app.http.listen({ host: host === 'localhost' ? '127.0.0.1' : host, port })
    const [{ port: bound } = { port }] = app.http.addresses() as AddressInfo[]
    if (host === 'localhost') await addLoopback6(app, bound)
    return bound
  } catch (error) {
    if (!isSystemError(error, 'EADDRINUSE')) throw error
    throw new StartError(`Port ${port} is taken by another program. Choose another --port.`)
  }
}

/** Hands connections to ::1 over to the one HTTP server, so that its bounds hold for them too. */
async function addLoopback6(app: App, port: number): Promise<void> {
  const door = createServer((socket) => app.http.server.emit('connection', socket))
  try {
    await listen(door, port)
  } catch (error) {
    if (isSystemError(error, 'EADDRINUSE')) throw error
    return // This machine has no IPv6.
  }
  app.http.server.once('close', () => door.close())
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '::1', port, ipv6Only: true }, resolve)
  })
}
