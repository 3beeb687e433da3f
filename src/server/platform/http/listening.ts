import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { isSystemError } from '../files.ts'
import { StartError } from '../start-error.ts'
import { type App, MAX_CONNECTIONS } from './app.ts'

/**
 * Accepts connections and returns the port. "localhost" is both loopback addresses: browsers try
 * either. Throws StartError where the port is taken.
 */
export async function listenOn(
  app: App,
  { host, port }: { host: string; port: number },
): Promise<number> {
  const both = host === 'localhost'
  const second = createServer((socket) => app.http.server.emit('connection', socket))
  second.maxConnections = MAX_CONNECTIONS
  app.http.addHook('preClose', () => close(second, app))
  try {
    await app.http.listen({ host: both ? '127.0.0.1' : host, port })
    const [{ port: bound } = { port }] = app.http.addresses() as AddressInfo[]
    if (both) await listenOnLoopback6(second, bound)
    return bound
  } catch (error) {
    if (!isSystemError(error, 'EADDRINUSE')) throw error
    throw new StartError(`Port ${port} is taken by another program. Choose another --port.`)
  }
}

/** What comes in there is handed over to the one HTTP server, so that its bounds hold for it, too. */
async function listenOnLoopback6(second: Server, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      second.once('error', reject)
      second.listen({ host: '::1', port, ipv6Only: true }, resolve)
    })
  } catch (error) {
    if (isSystemError(error, 'EADDRINUSE')) throw error
    // Otherwise this machine has no IPv6.
  }
}

/** Stops accepting, and waits for the requests under way: the HTTP server counts only its own. */
async function close(second: Server, app: App): Promise<void> {
  if (!second.listening) return
  const closed = once(second, 'close')
  second.close()
  const closeIdle = setInterval(() => app.http.server.closeIdleConnections(), 50)
  app.http.server.closeIdleConnections()
  await closed
  clearInterval(closeIdle)
}
