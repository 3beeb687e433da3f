import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { PawpostError } from '../../src/protocol/errors.ts'
import { ROUTES } from '../../src/protocol/api/routes.ts'
import { type App, createApp } from '../../src/server/platform/http/app.ts'
import { serveApp } from '../../src/server/platform/http/static.ts'
import { createLog } from '../../src/server/platform/log.ts'
import { signUpAt } from '../harness/account.ts'
import { startTestServer } from '../harness/server.ts'

// The built app over the line: packed for whoever can unpack it, the same bytes for everybody.

const SCRIPT = Buffer.from('export const words = "the bear says hello";\n'.repeat(4000))
const PAGE = `<!doctype html><title>Pawpost</title>${'<p>the bear says hello</p>'.repeat(100)}`
const PICTURE = Buffer.alloc(5000, 7)

let folder = ''
let app: App

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-static-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), PAGE)
  await writeFile(join(folder, 'robots.txt'), 'User-agent: *\n')
  await writeFile(join(folder, 'assets/words-1a2b.js'), SCRIPT)
  await writeFile(join(folder, 'assets/bear.png'), PICTURE)
  const log = createLog('silent', { write: () => {} })
  const refuse = (): never => {
    throw new PawpostError('sign-in-needed')
  }
  const origins = () => ({ canonical: 'http://localhost', all: new Set(['http://localhost']) })
  app = createApp({ log, origins, callers: { session: refuse, box: refuse, signer: refuse } })
  await serveApp(app, folder)
  await app.http.listen({ port: 0, host: '127.0.0.1' })
})
after(async () => {
  await app.http.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 20 })
})

type Answer = Pick<IncomingMessage, 'headers'> & { status: number; body: Buffer }

/** Not `fetch`: that unpacks by itself. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const { port } = app.http.server.address() as AddressInfo
  return askAt({ port, path, headers, method })
}

async function askAt(options: {
  port: number
  path: string
  headers: Record<string, string>
  method: string
}): Promise<Answer> {
  const outgoing = httpRequest({ host: '127.0.0.1', ...options }).end()
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  const body = await buffer(response)
  return { status: response.statusCode ?? 0, headers: response.headers, body }
}

const WORDS = '/assets/words-1a2b.js'

test('a script goes packed to whoever unpacks it, and comes out as it was built', async () => {
  const plain = await ask(WORDS)
  assert.deepEqual(plain.body, SCRIPT)
  assert.equal(plain.headers['content-encoding'], undefined)
  const brotli = await ask(WORDS, { 'accept-encoding': 'gzip, deflate, br, zstd' })
  assert.equal(brotli.headers['content-encoding'], 'br')
  assert.deepEqual(brotliDecompressSync(brotli.body), SCRIPT)
  const gzip = await ask(WORDS, { 'accept-encoding': 'gzip' })
  assert.equal(gzip.headers['content-encoding'], 'gzip')
  assert.deepEqual(gunzipSync(gzip.body), SCRIPT)
  for (const answer of [plain, brotli, gzip]) {
    assert.equal(answer.headers['vary'], 'accept-encoding')
    assert.equal(answer.headers['content-length'], String(answer.body.length))
    assert.equal(answer.headers['content-type'], 'text/javascript; charset=utf-8')
    assert.match(answer.headers['cache-control'] ?? '', /immutable/)
    assert.equal(answer.headers['accept-ranges'], undefined)
  }
  const tags = [plain, brotli, gzip].map(({ headers }) => headers.etag)
  assert.equal(new Set(tags).size, 3, 'other bytes, another tag')
  assert.ok(brotli.body.length < SCRIPT.length / 100)
})

test('what a browser checks is what came out: integrity holds in every encoding', async () => {
  const sum = (bytes: Uint8Array): string => createHash('sha384').update(bytes).digest('base64')
  const { port } = app.http.server.address() as AddressInfo
  for (const encoding of ['identity', 'gzip', 'br']) {
    const url = `http://127.0.0.1:${port}${WORDS}`
    const response = await fetch(url, {
      headers: { 'accept-encoding': encoding },
      integrity: `sha384-${sum(SCRIPT)}`,
    })
    assert.equal(sum(new Uint8Array(await response.arrayBuffer())), sum(SCRIPT), encoding)
  }
})

test('who has it already is told so, by the tag of the encoding', async () => {
  const packed = { 'accept-encoding': 'br' }
  const { headers } = await ask('/messages', packed)
  const tag = String(headers.etag)
  assert.match(tag, /^"[\w-]{22}-br"$/)
  for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
    const answer = await ask('/', { ...packed, 'if-none-match': known })
    assert.equal(answer.status, 304, known)
    assert.equal(answer.body.length, 0)
    assert.equal(answer.headers.etag, tag)
    assert.equal(answer.headers['vary'], 'accept-encoding')
    assert.equal(answer.headers['cache-control'], 'no-cache')
    assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/)
  }
  for (const other of ['"other"', tag.replace('-br', '')]) {
    assert.equal((await ask('/', { ...packed, 'if-none-match': other })).status, 200)
  }
  assert.equal((await ask('/', { 'if-none-match': tag })).status, 200)
})

test('HEAD says what GET would, and a range is answered with the whole', async () => {
  for (const encoding of ['identity', 'gzip', 'br']) {
    const get = await ask(WORDS, { 'accept-encoding': encoding })
    const head = await ask(WORDS, { 'accept-encoding': encoding }, 'HEAD')
    assert.equal(head.status, 200)
    assert.equal(head.body.length, 0)
    const { date: _now, ...wanted } = get.headers
    const { date: _then, ...said } = head.headers
    assert.deepEqual(said, wanted)
    const range = { 'accept-encoding': encoding, range: 'bytes=10-19' }
    const part = await ask(WORDS, range)
    assert.deepEqual([part.status, part.headers['content-range']], [200, undefined])
    assert.deepEqual(part.body, get.body)
  }
})

test('what is short, or packed already, goes as it is', async () => {
  for (const path of ['/robots.txt', '/assets/bear.png']) {
    const { headers } = await ask(path, { 'accept-encoding': 'br, gzip' })
    assert.equal(headers['content-encoding'], undefined)
    assert.equal(headers['vary'], undefined)
    assert.ok(headers.etag)
  }
})

test('many who ask at once for the first time get the same', async () => {
  const asked = Array.from({ length: 20 }, () => ask('/', { 'accept-encoding': 'gzip' }))
  const bodies = (await Promise.all(asked)).map(({ body }) => body.toString('hex'))
  assert.equal(new Set(bodies).size, 1)
})

test('no answer of the API is ever packed: its length would tell of what is in it', async () => {
  await using server = await startTestServer()
  const { cookie } = await signUpAt(server)
  const headers = { cookie, 'accept-encoding': 'br, gzip', 'content-type': 'application/json' }
  const paths = ROUTES.filter(({ response }) => response !== 'events').map(({ method, path }) => ({
    method,
    path: path.replaceAll(/:\w+/g, 'x'),
  }))
  let answers = 0
  for (const one of [...paths, { method: 'GET', path: '/openapi.json' }]) {
    const answer = await askAt({ port: server.port, headers, ...one })
    assert.equal(answer.headers['content-encoding'], undefined, one.path)
    answers += 1
  }
  assert.ok(answers > 20)
})
