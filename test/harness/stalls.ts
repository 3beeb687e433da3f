import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

/** For how long everything stands still, and for how long it runs between, in milliseconds. */
export type Stalls = { readonly stopMs: number; readonly runMs: number }

/**
 * Stops the pages of the Chromium whose profile lies in `folder` again and again until `signal`, as a
 * machine with other work does, and a phone that saves power. The microphone goes on meanwhile.
 */
export async function stall(folder: string, stalls: Stalls, signal: AbortSignal): Promise<void> {
  const pids = await pagesOf(folder)
  while (!signal.aborted) {
    send(pids, 'SIGSTOP')
    await pause(stalls.stopMs)
    send(pids, 'SIGCONT')
    await pause(stalls.runMs)
  }
}

type Process = { readonly pid: number; readonly parent: number; readonly command: string }

async function pagesOf(folder: string): Promise<number[]> {
  const all = await processes()
  const found = new Map<number, Process>()
  const take = (one: Process): void => {
    found.set(one.pid, one)
    for (const child of all.filter(({ parent }) => parent === one.pid)) take(child)
  }
  for (const one of all.filter(({ command }) => command.includes(folder))) take(one)
  const pages = [...found.values()].filter(({ command }) => command.includes('--type=renderer'))
  return pages.map(({ pid }) => pid)
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
