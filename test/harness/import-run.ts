import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Report } from '../../src/ops/import/report.ts'
import { asOwner } from './stolen.ts'

const LAUNCHER = join(import.meta.dirname, '../../bin/pawpost')

export type ImportRun = {
  /** Exit code; null when it was killed. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `pawpost import cloudpets` to its end, or kills it (not its PostgreSQL) after a while. */
export async function runImport(
  data: string,
  places: readonly string[],
  killAfter?: number,
): Promise<ImportRun> {
  const args = ['import', 'cloudpets', ...places, '--data', data, '--json', '--log', 'error']
  // A group of its own: the launcher and the import.
  const child = spawn(LAUNCHER, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const closed = once(child, 'close') as Promise<[number | null]>
  const said = Promise.all([text(child.stdout), text(child.stderr)])
  if (killAfter !== undefined && child.pid !== undefined) {
    const ended = await Promise.race([closed, sleep(killAfter)])
    if (!ended) process.kill(-child.pid, 'SIGKILL')
  }
  const [code] = await closed
  const [stdout, stderr] = await said
  return { code, stdout, stderr }
}

/** Runs an import that has to succeed; gives its report. */
export async function importAll(data: string, places: readonly string[]): Promise<Report> {
  const { code, stdout, stderr } = await runImport(data, places)
  if (code !== 0) throw new Error(`the import ended with ${code}: ${stdout}${stderr}`)
  return JSON.parse(stdout) as Report
}

/** What an import left in the database and the vault of a running server. */
export type Left = {
  readonly accounts: number
  readonly addresses: number
  readonly tags: number
  readonly waiting: number
  /** Files of account keys in the vault. */
  readonly buckets: number
}

export async function countLeft(data: string): Promise<Left> {
  const counts = await asOwner(data, async (client) => {
    const { rows } = await client.query<Record<string, string>>(
      `SELECT (SELECT count(*) FROM accounts) AS accounts,
         (SELECT count(DISTINCT address_index) FROM accounts) AS addresses,
         (SELECT count(*) FROM imported_accounts) AS tags,
         (SELECT count(*) FROM waiting_invitations) AS waiting`,
    )
    return rows[0]
  })
  const count = (name: string): number => Number(counts?.[name])
  const files = await readdir(join(data, 'vault', 'accounts'), { recursive: true })
  return {
    accounts: count('accounts'),
    addresses: count('addresses'),
    tags: count('tags'),
    waiting: count('waiting'),
    buckets: files.filter((name) => name.endsWith('.a')).length,
  }
}
