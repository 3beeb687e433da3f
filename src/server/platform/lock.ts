import { randomBytes } from 'node:crypto'
import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isSystemError, readIfPresent } from './files.ts'
import { birthOf, isRunning } from './processes.ts'
import { StartError } from './start-error.ts'

/** Long enough for a rival that saw the same stale lock to have replaced ours by its own. */
const SETTLE_MS = 25

/**
 * Takes a data folder for this process; throws StartError while another process has it. A process
 * that died without giving it back does not count: its id, boot and start time are in the file.
 */
export async function lockFolder(data: string): Promise<AsyncDisposable> {
  const path = join(data, 'server.lock')
  const mine = JSON.stringify({
    pid: process.pid,
    birth: birthOf(process.pid),
    nonce: randomBytes(8).toString('hex'),
  })
  if (!(await create(path, mine))) {
    await removeStale(path, data)
    if (!(await create(path, mine))) throw inUse(data)
    await sleep(SETTLE_MS)
  }
  if ((await readIfPresent(path)) !== mine) throw inUse(data)
  return { [Symbol.asyncDispose]: () => rm(path, { force: true }) }
}

async function create(path: string, content: string): Promise<boolean> {
  try {
    await using file = await open(path, 'wx', 0o600)
    await file.writeFile(content)
    return true
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) return false
    throw error
  }
}

async function removeStale(path: string, data: string): Promise<void> {
  const holder = parse(await readFile(path, 'utf8'))
  if (holder && isRunning(holder.pid) && birthOf(holder.pid) === holder.birth) {
    throw inUse(data, holder.pid)
  }
  await rm(path, { force: true })
}

function parse(text: string): { pid: number; birth: string } | undefined {
  try {
    const { pid, birth } = JSON.parse(text) as { pid: unknown; birth: unknown }
    return typeof pid === 'number' && typeof birth === 'string' ? { pid, birth } : undefined
  } catch {
    return undefined
  }
}

function inUse(data: string, pid?: number): StartError {
  const who = pid === undefined ? 'Another Pawpost' : `Another Pawpost (process ${pid})`
  return new StartError(`${who} is running on ${data}. Stop it first, or choose another --data.`)
}
