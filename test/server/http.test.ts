import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { errorBody } from '../../src/protocol/api/route.ts'
import { ROUTES } from '../../src/protocol/api/routes.ts'
import { freshAddress, GOOD_PASSWORD, signUpAt } from '../harness/account.ts'
import { sampleOf } from '../harness/samples.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

let server: TestServer

before(async () => {
  server = await startTestServer()
})
after(() => server.close())

/** Not every machine has IPv6. */
const LOOPBACKS = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter(({ internal, address }) => internal && ['127.0.0.1', '::1'].includes(address))
  .map(({ address }) => address)

const HEADERS: Readonly<Record<string, RegExp>> = {
  'content-security-policy':
    /^default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'$/,
  'integrity-policy': /script/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-embedder-policy': /^require-corp$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'referrer-policy': /^no-referrer$/,
  'x-content-type-options': /^nosniff$/,
  'permissions-policy': /(?=.*microphone=\(self\))(?=.*bluetooth=\(self\))(?=.*geolocation=\(\))/,
}

function requireHeaders(headers: { get(name: string): string | null | undefined }, what: string) {
  for (const [name, pattern] of Object.entries(HEADERS)) {
    assert.match(headers.get(name) ?? '', pattern, `${what}: ${name}`)
  }
}

test('every answer carries the security headers: routes, errors, app, health', async () => {
  for (const { method, path } of ROUTES) {
    const response = await fetch(server.origin + path.replaceAll(/:\w+/g, 'x'), { method })
    requireHeaders(response.headers, `${method} ${path}`)
    assert.equal(response.headers.get('cache-control'), 'no-store')
  }
  const others = [
    '/',
    '/j/inv-x',
    '/healthz',
    '/readyz',
    '/openapi.json',
    '/no.where',
    '/%zz',
    '/api/x',
  ]
  for (const path of others) requireHeaders((await fetch(server.origin + path)).headers, path)
})

/** Sends bytes that are no proper request; returns status, headers and body. */
function sendRaw(
  bytes: string,
): Promise<{ status: number; headers: Map<string, string>; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    let text = ''
    socket.on('data', (chunk) => (text += chunk.toString()))
    socket.on('error', reject)
    socket.setTimeout(8000, () => socket.destroy())
    socket.on('close', () => {
      const [head = '', body = ''] = text.split('\r\n\r\n')
      const [first = '', ...lines] = head.split('\r\n')
      const pairs = lines.map((line) => line.split(': ') as [string, string])
      resolve({ status: Number(first.split(' ')[1]), headers: new Map(pairs), body })
    })
  })
}

test('what is not even HTTP gets a documented code and the same headers', async () => {
  const end = 'Connection: close\r\n\r\n'
  const cases: [bytes: string, status: number, code: string][] = [
    ['GARBAGE\r\n\r\n', 400, 'bad-request'],
    [`GET / HTTP/9.9\r\nHost: x\r\n${end}`, 400, 'bad-request'],
    [`GET /a\x80 HTTP/1.1\r\nHost: x\r\n${end}`, 400, 'bad-request'],
    [`GET /%zz HTTP/1.1\r\nHost: x\r\n${end}`, 400, 'bad-request'],
    [`GET / HTTP/1.1\r\nHost: x\r\nA b: c\r\n${end}`, 400, 'bad-request'],
    [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n${end}`, 413, 'too-large'],
    [
      `POST /api/accounts HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n${end}`,
      400,
      'bad-request',
    ],
    [`PROPFIND / HTTP/1.1\r\nHost: x\r\n${end}`, 404, 'not-found'],
    [`DELETE /nowhere HTTP/1.1\r\nHost: x\r\n${end}`, 404, 'not-found'],
    [
      `POST /api/accounts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n${end}`,
      413,
      'too-large',
    ],
    [`POST /api/accounts HTTP/1.1\r\n${end}`, 415, 'unsupported-type'],
  ]
  for (const [bytes, status, code] of cases) {
    const got = await sendRaw(bytes)
    const what = JSON.stringify(bytes.slice(0, 60))
    assert.equal(got.status, status, what)
    assert.equal(errorBody.parse(JSON.parse(got.body)).code, code, what)
    requireHeaders(got.headers, what)
  }
})

test('who is slow with the headers is told so and cut off', async () => {
  const start = Date.now()
  const got = await sendRaw('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ')
  assert.equal(got.status, 408)
  assert.equal(errorBody.parse(JSON.parse(got.body)).code, 'timeout')
  assert.ok(Date.now() - start < 7500)
})

test('a page of another site cannot make a browser change anything', async () => {
  const { cookie } = await signUpAt(server)
  for (const route of ROUTES.filter(({ method }) => method !== 'GET')) {
    const path = route.path.replaceAll(/:(\w+)/g, (_all, name: string) => {
      return String((sampleOf(route.params) as Record<string, string>)[name])
    })
    for (const headers of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const response = await fetch(server.origin + path, {
        method: route.method,
        headers: { cookie, ...headers },
      })
      assert.equal(response.status, 403, route.id)
      assert.equal(((await response.json()) as { code: string }).code, 'origin-refused')
    }
  }
})

test('without a session, nothing but opening an account and signing in is there', async () => {
  for (const route of ROUTES.filter(({ callers }) => !(callers as string[]).includes('none'))) {
    const path = route.path.replaceAll(/:(\w+)/g, (_all, name: string) => {
      return String((sampleOf(route.params) as Record<string, string>)[name])
    })
    const json = typeof route.body === 'string' ? undefined : JSON.stringify(sampleOf(route.body))
    const body = route.body === 'bytes' ? 'bytes' : json
    const type = route.body === 'bytes' ? 'application/octet-stream' : 'application/json'
    const response = await fetch(server.origin + path, {
      method: route.method,
      ...(body !== undefined && { body, headers: { 'content-type': type } }),
    })
    assert.equal(response.status, 401, `${route.id} ${await response.text()}`)
  }
})

test('every loopback address answers, and health says that we run and can serve', async () => {
  for (const host of [...LOOPBACKS, 'localhost']) {
    const response = await fetch(
      `http://${host.includes(':') ? `[${host}]` : host}:${server.port}/healthz`,
    )
    assert.deepEqual(await response.json(), { status: 'running' })
  }
  assert.ok(LOOPBACKS.includes('127.0.0.1'))
  const ready = await fetch(`${server.origin}/readyz`)
  assert.deepEqual([ready.status, await ready.json()], [200, { status: 'ready' }])
})

test('a request that is under way when the server is told to stop is answered', async () => {
  const stopping = await startTestServer()
  const body = JSON.stringify({ email: freshAddress(), password: GOOD_PASSWORD })
  const head = `POST /api/accounts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`
  const answers = LOOPBACKS.map(async (host) => {
    const socket = connect(stopping.port, host)
    let text = ''
    socket.on('data', (chunk) => (text += chunk.toString()))
    const closed = once(socket, 'close')
    socket.write(head + body.slice(0, 9))
    await sleep(300)
    socket.write(body.slice(9))
    await closed
    return text.split('\r\n')[0]
  })
  await sleep(150)
  const closing = stopping.close()
  for (const answer of await Promise.all(answers)) assert.equal(answer, 'HTTP/1.1 201 Created')
  await closing
  await assert.rejects(fetch(stopping.origin))
})

test('under an address of its own, browsers are told to insist on TLS', async () => {
  await using proxied = await startTestServer({ args: ['--origin', 'https://paw.example'] })
  const here = `http://localhost:${proxied.port}`
  const response = await fetch(`${here}/healthz`)
  assert.match(response.headers.get('strict-transport-security') ?? '', /max-age=63072000/)
  assert.equal(proxied.origin, 'https://paw.example')
  for (const [origin, status] of [
    [here, 403],
    ['https://paw.example', 400],
  ] as const) {
    const answer = await fetch(`${here}/api/sessions`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
    })
    assert.equal(answer.status, status)
  }
})

test('screens of the app answer with the app, files that are not there do not', async () => {
  for (const path of ['/', '/j/inv-abc', '/messages']) {
    const response = await fetch(server.origin + path)
    assert.equal(response.status, 200)
    assert.match(response.headers.get('content-type') ?? '', /^text\/html/)
    assert.equal(response.headers.get('cache-control'), 'no-cache')
  }
  for (const path of [
    '/assets/none.js',
    '/backup.sql',
    '/.env',
    '/api/none',
    '/../../package.json',
  ]) {
    assert.equal((await fetch(server.origin + path)).status, 404)
  }
})
