import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRunning } from '../../src/server/platform/processes.ts'
import { signUpAt } from '../harness/account.ts'
import { startServerProcess } from '../harness/process.ts'
import { freshDataFolder, readMails, startTestServer } from '../harness/server.ts'

let data: string

beforeEach(async () => {
  data = await freshDataFolder()
})
afterEach(() => rm(data, { recursive: true, force: true, maxRetries: 20 }))

function start(...more: string[]): ReturnType<typeof startServerProcess> {
  return startServerProcess(['--data', data, '--port', '0', '--log', 'warn', ...more])
}

/** Zero while there is none. */
function postmasterPid(): number {
  const path = join(data, 'postgres/postmaster.pid')
  return existsSync(path) ? Number(readFileSync(path, 'utf8').split('\n')[0]) : 0
}

async function signUp(origin: string): Promise<string> {
  const { cookie } = await signUpAt({ origin, mails: () => readMails(data) })
  return cookie
}

async function isSignedIn(origin: string, cookie: string): Promise<boolean> {
  const response = await fetch(`${origin}/api/sessions/current`, { headers: { cookie } })
  return response.status === 200
}

test('asked to stop, it stops everything it started, and says so', async () => {
  const server = await start()
  const postmaster = postmasterPid()
  assert.equal(await server.end('SIGTERM'), 0)
  assert.match(server.said(), /Pawpost is ready at http:\/\/localhost:\d+\nPawpost is stopping\n/)
  assert.ok(!isRunning(postmaster))
})

test('killed, it leaves a PostgreSQL behind; the next start takes over, nothing is lost', async () => {
  const first = await start()
  const cookie = await signUp(first.origin)
  const orphan = postmasterPid()
  await first.end('SIGKILL')
  assert.ok(isRunning(orphan))
  await using second = await start()
  assert.ok(!isRunning(orphan))
  assert.notEqual(postmasterPid(), orphan)
  assert.ok(await isSignedIn(second.origin, cookie))
})

test('a PostgreSQL that dies under it is started again', async () => {
  await using server = await start()
  const cookie = await signUp(server.origin)
  for (let round = 0; round < 3; round += 1) {
    const killed = postmasterPid()
    process.kill(killed, 'SIGKILL')
    const until = Date.now() + 30_000
    while ([0, killed].includes(postmasterPid()) || !(await isSignedIn(server.origin, cookie))) {
      assert.ok(Date.now() < until, server.said())
      await sleep(50)
    }
  }
})

test('told to stop while PostgreSQL is being started again, it stops that one, too', async () => {
  for (const delay of [0, 60, 150]) {
    const server = await start()
    process.kill(postmasterPid(), 'SIGKILL')
    await sleep(delay)
    assert.equal(await server.end('SIGTERM'), 0)
    assert.ok(postmasterPid() === 0 || !isRunning(postmasterPid()), `after ${delay} ms`)
  }
})

test('while PostgreSQL is away, it says that it is not ready, and stays alive', async () => {
  await using server = await start()
  const postmaster = postmasterPid()
  // Its processes too: a connection that is open already would still be served.
  const all = [postmaster, ...childrenOf(postmaster)]
  for (const pid of all) process.kill(pid, 'SIGSTOP')
  try {
    const ready = await fetch(`${server.origin}/readyz`)
    assert.equal(ready.status, 503)
    assert.equal((await fetch(`${server.origin}/healthz`)).status, 200)
  } finally {
    for (const pid of all) process.kill(pid, 'SIGCONT')
  }
})

/** The processes that a process has started and that still run. */
function childrenOf(parent: number): readonly number[] {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8')
  return children.trim().split(' ').filter(Boolean).map(Number)
}

test('a second server on the same data is refused, also when a crash left a lock', async () => {
  const first = await start()
  await assert.rejects(start(), /Another Pawpost \(process \d+\) is running on/)
  await first.end('SIGKILL')
  await using second = await start()
  await assert.rejects(start(), /Another Pawpost/)
  assert.ok(isRunning(second.pid))
})

test('two that start at the same moment do not share the data', async () => {
  const both = await Promise.allSettled([start(), start()])
  const started = both.filter((each) => each.status === 'fulfilled')
  assert.equal(started.length, 1, JSON.stringify(both))
  await started[0]?.value.end('SIGTERM')
})

test('a taken port is named', async () => {
  await using first = await startTestServer()
  const args = ['--data', data, '--port', String(first.port)]
  await assert.rejects(startServerProcess(args), /Port \d+ is taken by another program/)
})

test('data of another PostgreSQL is refused before anything touches it', async () => {
  await writeFile(join(data, 'postgres/PG_VERSION'), '15\n')
  await assert.rejects(start(), /belongs to PostgreSQL 15, but these programs are of PostgreSQL 18/)
})

test('a data folder with a very long path works: its socket lies elsewhere', async () => {
  const long = join(data, 'x'.repeat(60), 'y'.repeat(60))
  await mkdir(long, { recursive: true })
  for (const name of ['postgres', 'secrets', 'password-cost.json']) {
    await rename(join(data, name), join(long, name))
  }
  await using server = await startServerProcess(['--data', long, '--port', '0'])
  assert.equal((await fetch(`${server.origin}/readyz`)).status, 200)
})

test('an empty folder becomes a server; a crash in the middle of that leaves nothing half done', async () => {
  const fresh = await mkdtemp(join(tmpdir(), 'pawpost-fresh-'))
  await chmod(fresh, 0o755)
  await mkdir(join(fresh, 'postgres.new/base'), { recursive: true })
  await using server = await startServerProcess(['--data', fresh, '--port', '0'])
  assert.equal((await fetch(`${server.origin}/readyz`)).status, 200)
  await assert.rejects(readFile(join(fresh, 'postgres.new/PG_VERSION')), { code: 'ENOENT' })
  await server.end('SIGTERM')
  await rm(fresh, { recursive: true })
})
