import assert from 'node:assert/strict'
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** The README's commands, typed by a newcomer: in a fresh clone, one block after the other. */

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const RUNS = promisify(execFile)
const BOUND = { timeout: 180_000, maxBuffer: 1 << 26 }

let folder: string
let clone: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pawpost-readme-'))
  // As root the database runs as a lesser user, who has to pass through.
  await chmod(folder, 0o711)
  clone = join(folder, 'pawpost')
  await RUNS('git', ['clone', '--quiet', ROOT, clone], BOUND)
})
after(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }))

async function blocks(): Promise<readonly string[]> {
  const text = await readFile(join(clone, 'README.md'), 'utf8')
  return [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block.trim())
}

/** A newcomer's environment: no path into this checkout, a port and a data folder of their own. */
function environment(): NodeJS.ProcessEnv {
  const path = (process.env['PATH'] ?? '').split(':').filter((part) => !part.startsWith(ROOT))
  return {
    PATH: path.join(':'),
    HOME: process.env['HOME'] ?? folder,
    TMPDIR: folder,
    PAWPOST_PORT: '0',
    PAWPOST_DATA: join(folder, 'data'),
  }
}

test('the two commands stand in the README, and every other block is known here', async () => {
  const found = await blocks()
  assert.deepEqual(found.slice(0, 2), ['npm ci && npm start', 'npm ci && npm test'])
  assert.equal(found.length, 3)
})

test('npm ci && npm start answers with the app', async () => {
  const [start = ''] = await blocks()
  const child = spawn('bash', ['-c', start], { cwd: clone, env: environment(), detached: true })
  try {
    const origin = await readyOrigin(child)
    const page = await fetch(origin)
    assert.equal(page.status, 200)
    assert.match(await page.text(), /<title>Pawpost<\/title>/)
    assert.equal((await fetch(`${origin}/readyz`)).status, 200)
  } finally {
    await stopped(child)
  }
})

test('npm ci && npm test is what CI runs, and this test is part of it', async () => {
  const script = await readFile(join(clone, '.ci/run'), 'utf8')
  const [, command = ''] = await blocks()
  assert.equal(script.trim().split('\n').at(-1), command)
})

test('the commands of the command line work as they are written', async () => {
  const [, , session = ''] = await blocks()
  const args = ['-euo', 'pipefail', '-c', session]
  await RUNS('bash', args, { cwd: clone, env: environment(), ...BOUND })
  assert.ok(existsSync(join(folder, 'bear.wav')))
})

function readyOrigin(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      const ready = /ready at (http:\/\/localhost:\d+)/.exec(output)
      if (ready?.[1]) resolve(ready[1])
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.on('exit', () => reject(new Error(`it stopped:\n${output}`)))
    setTimeout(() => reject(new Error(`not ready in time:\n${output}`)), BOUND.timeout).unref()
  })
}

/** Ends the process group that this test started. */
function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.pid === undefined) return resolve()
    child.on('exit', () => resolve())
    process.kill(-child.pid, 'SIGTERM')
  })
}
