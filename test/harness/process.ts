import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const MAIN = join(import.meta.dirname, 'serve.ts')

/** `pawpost serve` in a process of its own, so that it can be killed. */
export interface ServerProcess extends AsyncDisposable {
  readonly origin: string
  readonly pid: number
  /** What it said on standard output and standard error so far. */
  said(): string
  /** Sends a signal and waits for the end; returns the exit code, null after a signal's end. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Starts one and waits until it is ready. Rejects with its words when it ends before. */
export async function startServerProcess(args: readonly string[]): Promise<ServerProcess> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(MAIN, '../../../.cache/node') },
  })
  let words = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (words += chunk.toString()))
  }
  const end = (signal: NodeJS.Signals): Promise<number | null> => endProcess(child, signal)
  const origin = await readyOrigin(child, () => words)
  return {
    origin,
    pid: child.pid ?? 0,
    said: () => words,
    end,
    async [Symbol.asyncDispose]() {
      await end('SIGTERM')
    },
  }
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, 'exit')
    child.kill(signal)
    await exit
  }
  return child.exitCode
}

function readyOrigin(child: ChildProcess, words: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('close', (code) => reject(new Error(`ended with ${code}: ${words()}`)))
    child.stdout?.on('data', () => {
      const origin = /Pawpost is ready at (\S+)/.exec(words())?.[1]
      if (origin !== undefined) resolve(origin)
    })
  })
}
