import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

/** For how long everything stands still, and for how long it runs between, in milliseconds. */
export type Stalls = { readonly stopMs: number; readonly runMs: number }

/**
 * Stops the process whose command line names `folder`, with all it started, again and again until
 * `signal`: what a machine with other work does, and a phone that saves power.
 */
export async function stall(folder: string, stalls: Stalls, signal: AbortSignal): Promise<void> {
  const pids = await family(folder)
  while (!signal.aborted) {
    send(pids, 'SIGSTOP')
    await pause(stalls.stopMs)
    send(pids, 'SIGCONT')
    await pause(stalls.runMs)
  }
}

type Process = { readonly pid: number; readonly parent: number; readonly command: string }

async function family(folder: string): Promise<number[]> {
  const all = await processes()
  const found = new Set<number>()
  const take = (one: Process): void => {
    found.add(one.pid)
    for (const child of all.filter(({ parent }) => parent === one.pid)) take(child)
  }
  for (const one of all.filter(({ command }) => command.includes(folder))) take(one)
  return [...found]
}

async function processes(): Promise<Process[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0)
  return Promise.all(pids.filter((pid) => pid !== process.pid).map(readProcess))
}

async function readProcess(pid: number): Promise<Process> {
  const read = (file: string): Promise<string> =>
    readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')
  const [status, command] = await Promise.all([read('status'), read('cmdline')])
  return { pid, parent: Number(/^PPid:\s*(\d+)/m.exec(status)?.[1] ?? 0), command }
}

function send(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch {
      // It ended meanwhile.
    }
  }
}
