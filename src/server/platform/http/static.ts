import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PawpostError } from '../../../protocol/errors.ts'
import { isSystemError } from '../files.ts'
import type { App } from './app.ts'
import { encode, type Encoding, encodingFor } from './encodings.ts'

/** A file as it goes over the line in one encoding. */
type Packed = { readonly bytes: Buffer; readonly encoding: Encoding; readonly tag: string }

type StaticFile = {
  readonly type: string
  readonly cache: string
  /** Whether it is sent packed to whoever can unpack it. */
  readonly packs: boolean
  readonly in: (encoding: Encoding) => Promise<Packed>
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

/** Pictures and sound are packed already; what is shorter fits into one packet anyway. */
const PACKS = /^(text|image\/svg|application\/(json|manifest|wasm))/
const LEAST_PACKED = 1024

/**
 * Serves the built app. All of it is read once: a path from outside never becomes a path on disk.
 * Paths that are no file are screens of the app, which finds its own way.
 *
 * These files, and no answer of the API, go packed: they are the same for everybody and nothing that
 * somebody sends is in them, so that their length tells nothing (BREACH). Ranges are not offered: a
 * Range is ignored, as RFC 9110, 14.2 lets a server do.
 */
export async function serveApp(app: App, folder: string): Promise<void> {
  const files = await readAll(folder)
  const fallback = files.get('/index.html') ?? notBuilt()
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const path = (request.raw.url ?? '/').split('?', 1)[0] ?? '/'
    const file = files.get(path) ?? (isScreen(path) ? fallback : undefined)
    if (!file) throw new PawpostError('not-found')
    return send(request, reply, file)
  }
  app.http.route({ method: ['GET', 'HEAD'], url: '/*', handler: answer })
}

async function send(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  file: StaticFile,
): Promise<FastifyReply> {
  const wanted = file.packs ? encodingFor(headers['accept-encoding']) : 'identity'
  const { bytes, encoding, tag } = await file.in(wanted)
  void reply.headers({ 'cache-control': file.cache, etag: tag })
  if (file.packs) void reply.header('vary', 'accept-encoding')
  if (isKnown(headers['if-none-match'], tag)) return reply.code(304).send()
  if (encoding !== 'identity') void reply.header('content-encoding', encoding)
  return reply.header('content-type', file.type).send(bytes)
}

/** RFC 9110, 13.1.2: weak comparison. */
function isKnown(header: string | undefined, tag: string): boolean {
  const known = (header ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''))
  return known.includes(tag) || known.includes('*')
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
    files.set(`/${path}`, staticFile(await readFile(join(folder, path)), type, cache))
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
  return staticFile(Buffer.from(NOT_BUILT), TYPES['.html'] ?? '', ASK_FIRST)
}

/** A file that is packed when somebody asks for it for the first time, and kept so. */
function staticFile(bytes: Buffer, type: string, cache: string): StaticFile {
  const kept = new Map<Encoding, Promise<Packed>>()
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22)
  return {
    type,
    cache,
    packs: PACKS.test(type) && bytes.length >= LEAST_PACKED,
    in(encoding) {
      const known = kept.get(encoding)
      if (known) return known
      const packed = pack(bytes, encoding, hash)
      kept.set(encoding, packed)
      // What fails, for want of memory perhaps, is tried again by whoever asks next.
      packed.catch(() => kept.delete(encoding))
      return packed
    },
  }
}

/** Each encoding has a tag of its own: they are different bytes (RFC 9110, 8.8.3.3). */
async function pack(plain: Buffer, encoding: Encoding, hash: string): Promise<Packed> {
  const bytes = await encode(plain, encoding)
  const ending = encoding === 'identity' ? '' : `-${encoding}`
  return { bytes, encoding, tag: `"${hash}${ending}"` }
}
