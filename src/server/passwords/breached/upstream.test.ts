import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createPasswordRules } from '../rules.ts'
import { sha1Of } from './breached.ts'
import { openRanges } from './ranges.ts'
import { startRangeServer } from './range-server.ts'
import { openScreening } from './screening.ts'
import { createUpstream } from './upstream.ts'

let folder = ''
before(async () => void (folder = await mkdtemp(join(tmpdir(), 'pawpost-upstream-'))))
after(() => rm(folder, { recursive: true, force: true }))

const LOOPBACK = { host: '127.0.0.1', port: 0 }
const STOLEN = 'stolen elsewhere long ago'
const GOOD = 'tea and biscuits at four'
const hex = (word: string): string => Buffer.from(sha1Of(word)).toString('hex').toUpperCase()

/**
 * What api.pwnedpasswords.com answers for 21BD1: the first lines as its documentation quotes them
 * (API version 3, "Searching by range"), the line of "P@ssw0rd", and padding as it describes it.
 */
const RECORDED = [
  '0018A45C4D1DEF81644B54AB7F969B88D65:1',
  '00D4F6E8FA6EECAD2A3AA415EEC418D38EC:2',
  '011053FD0102E94D6AE2F8B83D76FAF94F6:1',
  '012A7CA357541F0AC487871FEEC1891C49C:2',
  '0136E006E24E7D152139815FB0FC6A50B15:2',
  '2DC183F740EE76F27B78EB39C8AD972A757:52579',
  'FED23A38AF2AC2B0A20BAF80012DC6E2726:0',
].join('\r\n')

async function listen(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** An upstream with a clock that can be turned. */
function upstreamOf(url: string, timeoutMs = 5_000) {
  const problems: string[] = []
  const clock = { at: 0, now: () => clock.at }
  const onProblem = (error: unknown): void => {
    assert.ok(error instanceof Error && 'code' in error && 'reason' in error)
    assert.equal(error.code, 'breach-upstream-silent')
    problems.push(String(error.reason))
  }
  return { ...createUpstream({ url, clock, onProblem, timeoutMs }), clock, problems }
}

test('our own range server is asked: by five digits and with padding', async () => {
  const list = join(folder, 'list')
  await writeFile(list, `${[hex(STOLEN), hex('Grüße aus dem Urlaub')].sort().join('\n')}\n`)
  const ranges = await openRanges(list)
  await using server = await startRangeServer(ranges, LOOPBACK, (error) => {
    assert.fail(String(error))
  })
  await using rules = await createPasswordRules({ breachUpstream: server.origin })
  const owner = { address: 'rosemary@example.org', secondFactor: false }
  for (const password of [STOLEN, 'Grüße aus dem Urlaub', 'Gru\u0308ße aus dem Urlaub']) {
    assert.equal(await rules.screen(password), 'breached')
    await assert.rejects(rules.require(password, owner), { code: 'password-breached' })
  }
  assert.equal(await rules.screen(GOOD), 'clear')
  assert.equal(await rules.require(GOOD, owner), 'clear')
  await ranges.close()
})

test('a recorded answer is understood, and nothing more than needed is sent', async () => {
  const asked: unknown[] = []
  await using server = await listen((request, response) => {
    const { host: _, connection: __, ...headers } = request.headers
    asked.push({ method: request.method, url: request.url, headers })
    response.end(RECORDED)
  })
  const upstream = upstreamOf(server.url)
  assert.equal(await upstream.ask(sha1Of('P@ssw0rd')), 'breached')
  const padding = Buffer.from('21BD1FED23A38AF2AC2B0A20BAF80012DC6E2726', 'hex')
  assert.equal(await upstream.ask(padding), 'clear')
  const sent = JSON.stringify(asked[0])
  assert.match(sent, /"url":"\/range\/21BD1"/)
  assert.match(sent, /"add-padding":"true"/)
  assert.doesNotMatch(sent, /2DC18|cookie|authorization|referer/i)
  assert.deepEqual(upstream.problems, [])
})

test('no answer, a wrong one, an empty one and a redirection are an outage', async () => {
  const answers: [reason: string, RequestListener][] = [
    ['status 503', (_, response) => response.writeHead(503).end('later')],
    ['status 429', (_, response) => response.writeHead(429).end()],
    ['empty', (_, response) => response.end()],
    ['no range', (_, response) => response.end('<html>Please sign in to this network</html>')],
    ['no range', (_, response) => response.end(`${RECORDED}\r\n2DC183F740EE76F2`)],
    ['unreachable', (_, response) => response.writeHead(302, { location: '/range/21BD1' }).end()],
    ['unreachable', (_, response) => response.destroy()],
    ['too long', (_, response) => response.end(`${RECORDED}\r\n`.repeat(10_000))],
  ]
  for (const [reason, answer] of answers) {
    await using server = await listen(answer)
    const upstream = upstreamOf(server.url)
    assert.equal(await upstream.ask(sha1Of('P@ssw0rd')), 'unknown', reason)
    assert.deepEqual(upstream.problems, [reason])
  }
})

test('who never answers keeps nobody waiting, and is asked again after half a minute', async () => {
  let asked = 0
  await using server = await listen((_, response) => {
    asked += 1
    if (asked > 1) response.end(RECORDED)
  })
  const upstream = upstreamOf(server.url, 50)
  assert.equal(await upstream.ask(sha1Of('P@ssw0rd')), 'unknown')
  assert.equal(await upstream.ask(sha1Of('P@ssw0rd')), 'unknown')
  assert.deepEqual([asked, upstream.problems], [1, ['timeout']])
  upstream.clock.at += 30_000
  assert.equal(await upstream.ask(sha1Of('P@ssw0rd')), 'breached')
})

test('at a dead port the local lists still speak, and nobody is called clear', async () => {
  const dead = await listen(() => undefined)
  await dead[Symbol.asyncDispose]()
  const sorted = join(folder, 'local')
  await writeFile(sorted, `${hex(STOLEN)}:1\n`)
  const problems: unknown[] = []
  const onProblem = (error: unknown): void => void problems.push(error)
  await using screening = await openScreening({ sorted, upstream: dead.url, onProblem })
  assert.equal(await screening.screen(STOLEN), 'breached')
  assert.equal(await screening.screen(GOOD), 'unknown')
  assert.equal(problems.length, 1)
  await using rules = await createPasswordRules({ breachUpstream: dead.url })
  const owner = { address: 'rosemary@example.org', secondFactor: false }
  assert.equal(await rules.require(GOOD, owner), 'unknown')
  assert.equal(await rules.screen(GOOD), 'unknown')
  assert.equal(await rules.screen('cloudpets'), 'breached')
})
