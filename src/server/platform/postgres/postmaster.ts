import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { readIfPresent } from '../files.ts'
import type { Log } from '../log.ts'
import { commandOf, isRunning, waitForExit } from '../processes.ts'
import { StartError } from '../start-error.ts'
import type { Programs } from './programs.ts'
import { SOCKET_PORT } from './socket.ts'

/** A running PostgreSQL server. */
export type Postmaster = {
  readonly pid: number
  /** Resolves when it is gone, for whatever reason. */
  readonly gone: Promise<void>
  /** Fast shutdown: ends sessions, writes everything, goes. */
  stop(): Promise<void>
}

export type Place = { readonly folder: string; readonly sockets: string }

const READY_MS = 60_000
const STOP_MS = 20_000

/**
 * Starts PostgreSQL and waits until it accepts connections. Restarts after a crash may find shared
 * memory of processes that are still dying: that is tried again.
 */
export async function startPostmaster(
  programs: Programs,
  place: Place,
  log: Log,
): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launch(programs, place, log)
    } catch (error) {
      if (attempt === 5) throw error
      log.warn({ attempt }, 'PostgreSQL did not start; trying again')
      await sleep(200 * attempt)
    }
  }
}

/** Ends a PostgreSQL on this folder that outlived the server which started it. */
export async function stopOrphan(folder: string, log: Log): Promise<void> {
  const pid = await servingPid(folder)
  if (pid === undefined) return
  log.warn({ pid }, 'stopping a PostgreSQL that outlived its server')
  await shutDown(pid)
}

async function launch(programs: Programs, place: Place, log: Log): Promise<Postmaster> {
  const child = spawn(join(programs.folder, 'postgres'), settings(place), {
    cwd: '/',
    env: programs.environment,
    // Its own process group: a Ctrl-C in the terminal is for us, we stop the database last.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(programs.user && { uid: programs.user.uid, gid: programs.user.gid }),
  })
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const lastWords = follow(child, log)
  const pid = child.pid
  if (pid === undefined || !(await becomesReady(place.folder, pid))) {
    if (pid !== undefined && isRunning(pid)) await shutDown(pid)
    throw new StartError(`PostgreSQL did not start. ${lastWords()}`)
  }
  return { pid, gone, stop: () => shutDown(pid) }
}

function settings({ folder, sockets }: Place): string[] {
  const all = {
    listen_addresses: '',
    port: SOCKET_PORT,
    unix_socket_directories: sockets,
    unix_socket_permissions: '0700',
    password_encryption: 'scram-sha-256',
    max_connections: 40,
    shared_buffers: '64MB',
    wal_compression: 'on',
    max_wal_size: '512MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // The words of an error quote the values in it: those never reach a log. LOG and worse do.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
    log_statement: 'none',
    log_checkpoints: 'off',
    log_line_prefix: '',
    logging_collector: 'off',
  }
  return [
    '-D',
    folder,
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

/** Passes its words on to the log; hands out the last ones. */
function follow(child: ChildProcess, log: Log): () => string {
  let last = ''
  if (child.stderr) {
    createInterface(child.stderr).on('line', (line) => {
      last = line.trim()
      log.debug({ postgres: last }, 'PostgreSQL says')
    })
  }
  child.once('error', (error) => {
    last = error.message
  })
  return () => last
}

async function becomesReady(folder: string, pid: number): Promise<boolean> {
  const until = Date.now() + READY_MS
  while (isRunning(pid) && Date.now() < until) {
    const file = await readPidFile(folder)
    if (file?.pid === pid && file.status === 'ready') return true
    await sleep(10)
  }
  return false
}

type PidFile = { readonly pid: number; readonly sockets: string; readonly status: string }

/**
 * First line: process id; fifth: the socket's folder; eighth: what it is up to (PostgreSQL's
 * miscadmin.h, LOCK_FILE_LINE_*).
 */
async function readPidFile(folder: string): Promise<PidFile | undefined> {
  const lines = (await readIfPresent(join(folder, 'postmaster.pid')))?.split('\n')
  if (!lines) return undefined
  return { pid: Number(lines[0]), sockets: lines[4] ?? '', status: lines[7]?.trim() ?? '' }
}

/** Where the PostgreSQL that serves this folder has its socket; undefined if none serves it. */
export async function socketsOf(folder: string): Promise<string | undefined> {
  const file = await readPidFile(folder)
  if (file?.status !== 'ready' || (await servingPid(folder)) === undefined) return undefined
  return file.sockets
}

/** The process that serves this folder, if the id in its pid file still is a PostgreSQL's on it. */
async function servingPid(folder: string): Promise<number | undefined> {
  const pid = (await readPidFile(folder))?.pid
  if (pid === undefined || !Number.isInteger(pid) || pid <= 1 || !isRunning(pid)) return undefined
  const command = commandOf(pid)
  return command === undefined || command.includes(folder) ? pid : undefined
}

async function shutDown(pid: number): Promise<void> {
  // SIGINT: fast shutdown. SIGQUIT: at once, recovering from the log at the next start.
  for (const [signal, patience] of [
    ['SIGINT', STOP_MS],
    ['SIGQUIT', 5000],
    ['SIGKILL', 5000],
  ] as const) {
    if (!isRunning(pid)) return
    process.kill(pid, signal)
    if (await waitForExit(pid, patience)) return
  }
  throw new StartError(`PostgreSQL (process ${pid}) does not end.`)
}
