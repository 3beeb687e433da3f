import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const LAUNCHER = join(import.meta.dirname, '../../bin/pawpost')

/** `pawpost serve` in processes of its own, so that it can be killed. */
export interface Served {
  readonly origin: string
  mails(): Promise<string[]>
  isGone(): boolean
  /** Kills the server without a warning; its PostgreSQL, too, if wanted. */
  kill(options: { postgres: boolean }): Promise<void>
  /** Asks it to stop, and waits. */
  stop(): Promise<void>
}

/** Starts it on a data folder and a free port, and waits until it says that it is ready. */
export async function startServed(data: string): Promise<Served> {
  const child = spawn(LAUNCHER, ['serve', '--data', data, '--port', '0', '--answer-ms', '0'], {
    // A group of its own: the launcher and the server, not PostgreSQL.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  const exited = once(child, 'exit')
  const origin = await Promise.race([readiness(child), exited.then(() => undefined)])
  if (origin === undefined) throw new Error(`the server did not start: ${said.join('')}`)
  const group = -(child.pid ?? 0)
  const isGone = (): boolean => child.exitCode !== null || child.signalCode !== null
  return {
    origin,
    mails: () => readMails(join(data, 'outbox')),
    isGone,
    async kill({ postgres }) {
      const postmaster = postgres ? await postmasterOf(data) : undefined
      process.kill(group, 'SIGKILL')
      if (postmaster !== undefined) process.kill(postmaster, 'SIGKILL')
      await exited
    },
    async stop() {
      if (!isGone()) process.kill(group, 'SIGTERM')
      await exited
    },
  }
}

async function readiness(child: ChildProcess): Promise<string | undefined> {
  if (!child.stdout) return undefined
  for await (const line of createInterface(child.stdout)) {
    const origin = /ready at (http\S+)/.exec(line)?.[1]
    // What it says later must not fill the pipe.
    child.stdout.resume()
    if (origin !== undefined) return origin
  }
  return undefined
}

async function readMails(outbox: string): Promise<string[]> {
  const names = (await readdir(outbox)).filter((name) => name.endsWith('.eml'))
  return Promise.all(names.toSorted().map((name) => readFile(join(outbox, name), 'utf8')))
}

async function postmasterOf(data: string): Promise<number> {
  const file = await readFile(join(data, 'postgres', 'postmaster.pid'), 'utf8')
  return Number(file.split('\n', 1)[0])
}
