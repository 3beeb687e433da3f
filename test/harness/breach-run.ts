import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Report } from '../../src/ops/breach/report.ts'
import type { Ran } from './command.ts'

const LAUNCHER = join(import.meta.dirname, '../../bin/pawpost')

/** Runs `pawpost breach import` to its end, or kills it (not its PostgreSQL) when `ripe`. */
export async function runBreach(
  data: string,
  args: readonly string[],
  ripe?: () => Promise<boolean>,
): Promise<Ran> {
  const all = ['breach', 'import', ...args, '--data', data, '--json', '--log', 'error']
  // A group of its own: the launcher and the import.
  const child = spawn(LAUNCHER, all, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const closed = once(child, 'close') as Promise<[number | null]>
  const said = Promise.all([text(child.stdout), text(child.stderr)])
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null
  if (ripe && child.pid !== undefined) {
    while (!isOver() && !(await ripe())) await sleep(2)
    if (!isOver()) process.kill(-child.pid, 'SIGKILL')
  }
  const [code] = await closed
  const [stdout, stderr] = await said
  return { code, stdout, stderr }
}

/** Runs an import that has to succeed; gives its report. */
export async function importBreach(data: string, args: readonly string[]): Promise<Report> {
  const { code, stdout, stderr } = await runBreach(data, args)
  if (code !== 0) throw new Error(`the import ended with ${code}: ${stdout}${stderr}`)
  return JSON.parse(stdout) as Report
}
