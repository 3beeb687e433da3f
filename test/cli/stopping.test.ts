import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { freshDataFolder } from '../harness/server.ts'

const LAUNCHER = join(import.meta.dirname, '../../bin/pawpost')

test('Ctrl-C, which reaches launcher and server, ends both and the database cleanly', async (t) => {
  const data = await freshDataFolder()
  t.after(() => rm(data, { recursive: true, force: true, maxRetries: 20 }))
  const args = ['serve', '--data', data, '--port', '0']
  const child = spawn(LAUNCHER, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let words = ''
  const ready = Promise.withResolvers<void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      words += chunk.toString()
      if (words.includes('Pawpost is ready')) ready.resolve()
    })
  }
  const closed = once(child, 'close') as Promise<[number | null, string | null]>
  await Promise.race([ready.promise, closed])
  assert.ok(child.pid !== undefined && child.exitCode === null, words)
  process.kill(-child.pid, 'SIGINT')
  const [code, signal] = await closed
  assert.deepEqual({ code, signal }, { code: 0, signal: null }, words)
  assert.match(words, /Pawpost is stopping/)
  assert.ok(!existsSync(join(data, 'postgres', 'postmaster.pid')), 'the database has ended')
})

test('Ctrl-C ends a command that waits, at once', async (t) => {
  const silent = createServer(() => undefined)
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  t.after(() => silent.close())
  const { port } = silent.address() as AddressInfo
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-stop-'))
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }))
  const asked = once(silent, 'connection')
  const to = ['--server', `http://127.0.0.1:${port}`, '--email', 'a@b.example']
  const args = ['client', '--profile', join(folder, 'p'), 'sign-in', ...to]
  const child = spawn(LAUNCHER, args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  child.stdin.end('tea and biscuits at four\n')
  const closed = once(child, 'close') as Promise<[number | null, string | null]>
  await asked
  assert.ok(child.pid !== undefined)
  process.kill(-child.pid, 'SIGINT')
  const [code] = await closed
  assert.equal(code, 130)
})
