import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { setImmediate as turn } from 'node:timers/promises'
import type { Order } from './moment.ts'
import { ENVIRONMENT, MAIN, NODE, preloading } from './programs.ts'

/** A `pawpost serve` process that dies when it is told to. */
export type ServerProcess = {
  /** Gives an order; tells how many statements ran since the last, unless it is gone. */
  order(next: Order): Promise<number | undefined>
  /** The step at which somebody died, once. */
  report(): string
  isGone(): boolean
  signal(signal: NodeJS.Signals): void
  ended(): Promise<void>
}

export type Place = { readonly data: string; readonly port: number; readonly origin: string }

/** Starts one, and waits until it is ready. Rejects with its words when it ends before. */
export async function launchServer({ data, port, origin }: Place): Promise<ServerProcess> {
  const place = [
    '--data',
    data,
    '--port',
    String(port),
    '--origin',
    origin,
    '--log',
    'silent',
    '--answer-ms',
    '0',
  ]
  const child = spawn(NODE, [...preloading('fatal-server'), MAIN, 'serve', ...place], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'ipc'],
    env: ENVIRONMENT,
  })
  const closed = once(child, 'close')
  let words = ''
  let report = ''
  child.stderr?.on('data', (chunk: Buffer) => (words += chunk.toString()))
  child.stdio[3]?.on('data', (chunk: Buffer) => (report += chunk.toString()))
  if (!(await isReady(child))) throw new Error(`the server did not start: ${words}`)
  const isGone = (): boolean => child.exitCode !== null || child.signalCode !== null
  return {
    async order(next) {
      const counted = once(child, 'message') as Promise<[number]>
      if (isGone()) return undefined
      child.send(next, () => undefined)
      const answer = await Promise.race([counted, closed.then(() => undefined)])
      // What it reported before it answered is read by now.
      await turn()
      return answer?.[0]
    },
    report: () => {
      const step = report.trim()
      report = ''
      return step
    },
    isGone,
    signal: (signal) => void child.kill(signal),
    ended: async () => void (await closed),
  }
}

async function isReady({ stdout }: ChildProcess): Promise<boolean> {
  if (!stdout) return false
  for await (const line of createInterface(stdout)) {
    if (!line.includes('ready at')) continue
    // What it says later must not fill the pipe.
    stdout.resume()
    return true
  }
  return false
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
