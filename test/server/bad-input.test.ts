import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import { assert as check, asyncProperty, json as anyJson } from 'fast-check'
import { COMMON_ERRORS, errorBody, type Route } from '../../src/protocol/api/route.ts'
import { ROUTES } from '../../src/protocol/api/routes.ts'
import { type ErrorCode, ERRORS, isErrorCode } from '../../src/protocol/errors.ts'
import { signUpAt } from '../harness/account.ts'
import { createTestClock, type TestClock } from '../harness/clock.ts'
import { mutationsOf, sampleOf, WRONG } from '../harness/samples.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

/** Every field of every route, wrong in every way we can think of: a documented code, never a 5xx. */
const clock: TestClock = createTestClock()
let server: TestServer
let cookie: string

before(async () => {
  server = await startTestServer({ clock })
  cookie = (await signUpAt(server)).cookie
})
after(() => server.close())

type Sent = { path: string; body?: Buffer; headers?: Record<string, string> }
type Got = { status: number; type: string; body: string }

/** As raw as Node lets us: no normalising of paths, no added headers. */
function send(method: string, { path, body, headers = {} }: Sent): Promise<Got> {
  return new Promise((resolve, reject) => {
    const length = body && { 'content-length': String(body.length) }
    const options = { port: server.port, method, path, headers: { cookie, ...length, ...headers } }
    const outgoing = request(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const type = response.headers['content-type'] ?? ''
        resolve({ status: response.statusCode ?? 0, type, body: Buffer.concat(chunks).toString() })
      })
      if (type(response.headers['content-type']) === 'text/event-stream') response.destroy()
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

function type(header: string | undefined): string {
  return header?.split(';')[0] ?? ''
}

function sampleParams(route: Route): Record<string, string> {
  return sampleOf(route.params) as Record<string, string>
}

function pathOf(route: Route, params: Record<string, string> = sampleParams(route)): string {
  return route.path.replaceAll(/:(\w+)/g, (_all, name: string) => encode(params[name] ?? ''))
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

function validBody(route: Route): Buffer | undefined {
  if (route.body === 'empty' || route.body === 'events') return undefined
  if (route.body === 'bytes') return Buffer.from('hardly a message')
  return Buffer.from(JSON.stringify(sampleOf(route.body)))
}

function contentType(route: Route): Record<string, string> {
  if (route.body === 'bytes') return { 'content-type': 'application/octet-stream' }
  return route.body === 'empty' ? {} : { 'content-type': 'application/json' }
}

function requireDocumented(route: Route, got: Got, what: string): void {
  if (got.status === route.status) return
  const allowed: readonly ErrorCode[] = [...COMMON_ERRORS, 'not-found', ...route.errors]
  const { code } = errorBody.parse(JSON.parse(got.body))
  const words = `${route.id} ${what}: ${got.status} ${got.body}`
  assert.ok(isErrorCode(code) && allowed.includes(code), words)
  assert.equal(got.status, ERRORS[code].status, words)
  assert.ok(got.status < 500, words)
}

for (const route of ROUTES) {
  const isJson = typeof route.body !== 'string'

  if (isJson) {
    test(`${route.id}: wrong fields`, async () => {
      const valid = sampleOf(route.body as Exclude<Route['body'], string>)
      for (const mutation of mutationsOf(valid)) {
        clock.advance(60_000)
        const body = Buffer.from(JSON.stringify(mutation))
        const got = await send(route.method, {
          path: pathOf(route),
          body,
          headers: contentType(route),
        })
        requireDocumented(route, got, JSON.stringify(mutation).slice(0, 100))
      }
    })

    test(`${route.id}: any JSON at all`, async () => {
      const any = asyncProperty(anyJson(), async (json) => {
        const sent = { path: pathOf(route), body: Buffer.from(json), headers: contentType(route) }
        requireDocumented(route, await send(route.method, sent), json.slice(0, 100))
      })
      await check(any, { numRuns: 30 })
    })
  }

  if (route.method !== 'GET') {
    test(`${route.id}: wrong bodies`, async () => {
      for (const { name, body, headers } of wrongBodies(route)) {
        const got = await send(route.method, { path: pathOf(route), body, headers })
        requireDocumented(route, got, name)
        assert.notEqual(got.status, route.status, `${route.id} ${name}`)
      }
    })
  }

  test(`${route.id}: wrong paths, queries and headers`, async () => {
    const body = validBody(route)
    const base = { ...(body && { body }), headers: contentType(route) }
    for (const path of wrongPaths(route)) {
      requireDocumented(route, await send(route.method, { ...base, path }), path.slice(0, 100))
    }
    for (const headers of wrongHeaders()) {
      const sent = { ...base, path: pathOf(route), headers: { ...base.headers, ...headers } }
      requireDocumented(route, await send(route.method, sent), JSON.stringify(headers).slice(0, 99))
    }
  })
}

type WrongBody = { name: string; body: Buffer; headers: Record<string, string> }

function* wrongBodies(route: Route): Generator<WrongBody> {
  const valid = validBody(route) ?? Buffer.from('{}')
  const own = contentType(route)
  const types = [
    'text/plain',
    'text/html',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
  ]
  const odd = [
    'application/json;charset=utf-16',
    'application',
    '/',
    'a/b/c',
    ';',
    'application/jsonx',
  ]
  for (const each of [...types, ...odd, `application/json; ${'x'.repeat(500)}`]) {
    yield { name: `as ${each}`, body: valid, headers: { 'content-type': each } }
  }
  yield { name: 'without a type', body: valid, headers: {} }
  yield {
    name: 'compressed',
    body: Buffer.from([31, 139, 8, 0]),
    headers: { ...own, 'content-encoding': 'gzip' },
  }
  yield { name: 'far too large', body: Buffer.alloc(4 * 1024 * 1024, 32), headers: own }
  if (typeof route.body === 'string') return
  const texts = [
    '',
    '{',
    '{"a":',
    '[',
    'null',
    '"',
    'NaN',
    "{'a':1}",
    '{} {}',
    '{}x',
    '\ufeff\ufeff{}',
  ]
  for (const text of texts) yield { name: text, body: Buffer.from(text), headers: own }
  yield { name: 'cut', body: valid.subarray(0, Math.max(1, valid.length - 2)), headers: own }
  yield { name: 'invalid UTF-8', body: Buffer.from('{"email":"\xff\xfe"}', 'latin1'), headers: own }
  yield { name: 'UTF-16', body: Buffer.from(valid.toString(), 'utf16le'), headers: own }
  yield { name: 'deep', body: Buffer.from('['.repeat(10_000) + ']'.repeat(10_000)), headers: own }
  yield { name: 'deeper', body: Buffer.from('{"a":'.repeat(5000)), headers: own }
}

function* wrongPaths(route: Route): Generator<string> {
  const params = sampleParams(route)
  for (const name of Object.keys(params)) {
    for (const wrong of WRONG.filter((each) => typeof each === 'string')) {
      yield pathOf(route, { ...params, [name]: wrong })
    }
    const id = params[name] ?? ''
    const own = pathOf(route, params)
    const raw = [
      '%',
      '%zz',
      '%ff',
      '%c3%28',
      '%00',
      `${id}A`,
      id.slice(0, -1),
      id.toLowerCase(),
      '..',
    ]
    for (const each of [...raw, `${id}%20`, `%20${id}`]) yield own.replace(id, each)
    yield own.replace(id, `${id.slice(0, -1)}!`)
  }
  const queries = ['from=-1', 'from=x', 'from=1e999', 'from=', 'from=1&from=2', 'after=9e99', 'x=1']
  for (const query of [
    ...queries,
    '__proto__=1',
    'constructor=1',
    '%',
    '%ff=%ff',
    '='.repeat(2000),
  ]) {
    yield `${pathOf(route)}?${query}`
  }
}

function* wrongHeaders(): Generator<Record<string, string>> {
  const token = '__Host-pawpost'
  for (const value of [
    '',
    token,
    `${token}=`,
    `${token}=x`,
    `${token}=${'A'.repeat(43)}`,
    ';;;',
    '=',
  ]) {
    yield { cookie: value }
  }
  for (const origin of ['null', 'https://evil.example', 'x', '', 'http://localhost'])
    yield { origin }
  yield { 'sec-fetch-site': 'cross-site' }
  yield { signature: 'x', 'signature-input': 'x', 'content-digest': 'x' }
  yield {
    'signature-input': `pp=();created=1;nonce="x";keyid="x";alg="none"`,
    signature: 'pp=:AA==:',
  }
  yield { host: 'evil.example' }
  yield { 'x-forwarded-for': '1.2.3.4', 'x-http-method-override': 'DELETE' }
  yield { accept: 'text/html', 'accept-encoding': 'x', range: 'bytes=0-1' }
}

test('the log has no internal error after all of this', () => {
  const bugs = server.lines.filter((line) => line.includes('"level":"error"'))
  assert.deepEqual(bugs, [])
})
