import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { rolldown } from 'rolldown'

export type ServedPage = AsyncDisposable & { readonly url: string }

/** A page on http://localhost with `body` and the bundled module `entry` (a path), nothing else. */
export async function servePage(entry: string, body: string): Promise<ServedPage> {
  const script = await bundle(entry)
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(isScript ? script : html(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://localhost:${port}/`, [Symbol.asyncDispose]: close }
}

function html(body: string): string {
  return `<!doctype html><title>Pawpost</title>${body}<script type="module" src="/page.js"></script>`
}

/** A module with all that it imports, to be run in a page; an `iife` also by who evaluates it there. */
export async function bundle(entry: string, format: 'esm' | 'iife' = 'esm'): Promise<string> {
  await using build = await rolldown({ input: entry, logLevel: 'warn' })
  const { output } = await build.generate({ format, codeSplitting: false })
  return output[0].code
}
