import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { createPushDoor, type PushOutcome } from './push.ts'

const BODY = Buffer.from('sealed')

/** What the door makes of a service that answers so. */
async function outcomeOf(answer: RequestListener, timeoutMs = 2000): Promise<PushOutcome> {
  const server = createServer(answer)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  try {
    const door = createPushDoor({ hosts: [origin], timeoutMs })
    return await door.post({ endpoint: `${origin}/p`, headers: [['ttl', '1']], body: BODY })
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

test('each answer of a push service is one of four', async () => {
  const expected = [
    [201, { is: 'taken' }],
    [410, { is: 'gone' }],
    [404, { is: 'gone' }],
    [403, { is: 'refused' }],
    [413, { is: 'refused' }],
    [429, { is: 'later' }],
    [503, { is: 'later' }],
  ] as const
  for (const [status, outcome] of expected) {
    const got = await outcomeOf((_request, response) => response.writeHead(status).end())
    assert.deepEqual(got, outcome, String(status))
  }
})

test('a redirect leads nowhere', async () => {
  const paths: string[] = []
  const got = await outcomeOf((request, response) => {
    paths.push(request.url ?? '')
    response.writeHead(307, { location: '/elsewhere' }).end()
  })
  assert.deepEqual(got, { is: 'refused' })
  assert.deepEqual(paths, ['/p'])
})

test('a service that says when is believed, for an hour at most', async () => {
  const after = (value: string): Promise<PushOutcome> =>
    outcomeOf((_request, response) => response.writeHead(429, { 'retry-after': value }).end())
  assert.deepEqual(await after('90'), { is: 'later', afterMs: 90_000 })
  assert.deepEqual(await after('999999'), { is: 'later', afterMs: 3_600_000 })
  assert.deepEqual(await after('soon'), { is: 'later' })
})

test('nobody waits for a service that is silent or hangs up, nor reads what it says without end', async () => {
  assert.deepEqual(await outcomeOf(() => undefined, 100), { is: 'later' })
  assert.deepEqual(await outcomeOf((request) => request.socket.destroy()), { is: 'later' })
  const endless = await outcomeOf((_request, response) => {
    response.writeHead(200)
    const more = setInterval(() => response.write('x'.repeat(65_536)), 1)
    response.on('close', () => clearInterval(more))
  })
  assert.deepEqual(endless, { is: 'taken' })
})

test('a browser at a service that is not allowed any more is gone', async () => {
  const door = createPushDoor({ hosts: [] })
  const push = { endpoint: 'https://fcm.googleapis.com/x', headers: [], body: BODY }
  assert.deepEqual(await door.post(push), { is: 'gone' })
})
