import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { percentile, type Figure } from '../harness/timing.ts'

const ROOT = join(import.meta.dirname, '../..')
const TIMES = 3

/** What a person types, and what is left of it when the app is built already. */
const COMMANDS = {
  'npm start': ['npm', 'start', '--'],
  'pawpost serve': ['bin/pawpost', 'serve'],
} as const

/**
 * From the command to the first answered request: on an empty data folder (a database is made) and
 * again on the same one. `npm start` builds the app first. Medians of three.
 */
export async function bench(): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const [name, command] of Object.entries(COMMANDS)) {
    const cold: number[] = []
    const warm: number[] = []
    for (let count = 0; count < TIMES; count += 1) {
      await using folder = await freshFolder()
      cold.push(await started(command, folder.data))
      warm.push(await started(command, folder.data))
    }
    figures.push(
      { name: `${name}, empty data folder`, value: percentile(cold, 50), unit: 's' },
      { name: `${name}, again`, value: percentile(warm, 50), unit: 's' },
    )
  }
  return figures
}

async function freshFolder(): Promise<{ data: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'pawpost-start-'))
  await chmod(folder, 0o711)
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 20 })
  return { data: join(folder, 'data'), [Symbol.asyncDispose]: close }
}

/** Seconds until the server answers; it is stopped again. */
async function started(command: readonly string[], data: string): Promise<number> {
  const [program = '', ...args] = command
  const begun = performance.now()
  const flags = ['--data', data, '--port', '0', '--log', 'warn']
  const child = spawn(program, [...args, ...flags], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  try {
    const answer = await fetch(`${await readyOrigin(child)}/healthz`)
    if (!answer.ok) throw new Error(`answered ${answer.status}`)
    return (performance.now() - begun) / 1000
  } finally {
    await stopGroup(child)
  }
}

async function readyOrigin(child: ChildProcess): Promise<string> {
  let words = ''
  for await (const chunk of child.stdout ?? []) {
    words += String(chunk)
    const origin = /Pawpost is ready at (\S+)/.exec(words)?.[1]
    if (origin !== undefined) return origin
  }
  throw new Error(`it did not start: ${words}`)
}

/** Asks everything that was started to stop, and waits until the last of it has. */
async function stopGroup({ pid = 0 }: ChildProcess): Promise<void> {
  for (let signal: NodeJS.Signals | 0 = 'SIGTERM'; signalled(pid, signal); signal = 0) {
    await sleep(20)
  }
}

function signalled(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal)
  } catch {
    return false
  }
}
