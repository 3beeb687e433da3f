import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PawpostError } from '../../../protocol/errors.ts'
import { isSystemError } from '../files.ts'
import type { App } from './app.ts'

type StaticFile = {
  readonly bytes: Buffer
  readonly type: string
  readonly cache: string
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

const FOREVER = 'public, max-age=31536000, immutable'
const ASK_FIRST = 'no-cache'

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Pawpost</title>
<h1>Pawpost is running, but the app is not built</h1>
<p>Start Pawpost with <code>npm start</code>: it builds the app first.</p></html>
`

/**
 * Serves the built app. All of it is read once: a path from outside never becomes a path on disk.
 * Paths that are no file are screens of the app, which finds its own way.
 */
export async function serveApp(app: App, folder: string): Promise<void> {
  const files = await readAll(folder)
  const fallback = files.get('/index.html') ?? notBuilt()
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const path = (request.raw.url ?? '/').split('?', 1)[0] ?? '/'
    const file = files.get(path) ?? (isScreen(path) ? fallback : undefined)
    if (!file) throw new PawpostError('not-found')
    return reply
      .header('content-type', file.type)
      .header('cache-control', file.cache)
      .send(file.bytes)
  }
  app.http.route({ method: ['GET', 'HEAD'], url: '/*', handler: answer })
}

/** Screens have no extension and lie outside of the API. */
function isScreen(path: string): boolean {
  return !/^\/(api|assets)(\/|$)/.test(path) && extname(path) === '' && !path.startsWith('/.')
}

async function readAll(folder: string): Promise<ReadonlyMap<string, StaticFile>> {
  const files = new Map<string, StaticFile>()
  for (const path of await listFiles(folder)) {
    const type = TYPES[extname(path)]
    if (type === undefined) continue
    const cache = path.startsWith('assets/') ? FOREVER : ASK_FIRST
    files.set(`/${path}`, { bytes: await readFile(join(folder, path)), type, cache })
  }
  return files
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return []
    throw error
  }
}

function notBuilt(): StaticFile {
  return { bytes: Buffer.from(NOT_BUILT), type: TYPES['.html'] ?? '', cache: ASK_FIRST }
}
