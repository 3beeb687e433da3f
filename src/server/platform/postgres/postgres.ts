import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ensureFolder } from '../files.ts'
import type { Log } from '../log.ts'
import { DATABASE, ensureCluster, type Passwords, readPasswords, type Role } from './cluster.ts'
import { type Postmaster, socketsOf, startPostmaster, stopOrphan } from './postmaster.ts'
import { findPrograms } from './programs.ts'
import { SOCKET_PORT, socketFolder } from './socket.ts'
import { requireReachable, unprivilegedUser } from './user.ts'

/** How to log in to the database as one of its roles. */
export type Login = {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
}

/** Our own PostgreSQL, kept running until disposed. */
export interface Postgres extends AsyncDisposable {
  login(role: Role): Login
  /** The process id of the server as it is now; it changes when it had to be started again. */
  pid(): number
}

/**
 * Starts the PostgreSQL of a data folder: no TCP port, a socket that only its user may open, SCRAM
 * with random passwords, data checksums, an environment that holds nothing of ours. A PostgreSQL
 * that outlived an earlier server is stopped first; one that dies is started again.
 */
export async function startPostgres(
  { data, postgresBin }: { data: string; postgresBin: string | undefined },
  log: Log,
): Promise<Postgres> {
  const user = unprivilegedUser()
  requireReachable(data, user)
  const place = join(data, 'postgres-programs')
  await ensureFolder(place, 0o755)
  const programs = await findPrograms(place, user, postgresBin)
  const sockets = await socketFolder(data, user)
  const folder = join(data, 'postgres')
  await stopOrphan(`${folder}.new`, log)
  await stopOrphan(folder, log)
  const passwords = await ensureCluster(data, sockets, programs, log)
  const start = (): Promise<Postmaster> => startPostmaster(programs, { folder, sockets }, log)
  const kept = await keepRunning(start, log)
  return {
    ...kept,
    login: (role) => loginOf(sockets, passwords, role),
  }
}

/** How to log in beside the server that runs on a data folder; undefined while none does. */
export async function findLogin(data: string, role: Role): Promise<Login | undefined> {
  const host = await socketsOf(join(data, 'postgres'))
  const passwords = host === undefined ? undefined : await readPasswords(data)
  if (host === undefined || !passwords) return undefined
  return loginOf(host, passwords, role)
}

function loginOf(host: string, passwords: Passwords, role: Role): Login {
  const user = `pawpost_${role}`
  return { host, port: SOCKET_PORT, database: DATABASE, user, password: passwords[role] }
}

async function keepRunning(
  start: () => Promise<Postmaster>,
  log: Log,
): Promise<Omit<Postgres, 'login'>> {
  const stopping = new AbortController()
  let current = await start()
  const watch = async (): Promise<void> => {
    for (;;) {
      await current.gone
      if (stopping.signal.aborted) return
      log.error({ pid: current.pid }, 'PostgreSQL ended by itself; starting it again')
      current = await startAgain(start, stopping.signal, log)
      // Told to stop meanwhile: then nobody else stops the new one.
      if (stopping.signal.aborted) return current.stop()
    }
  }
  const watching = watch().catch((error: unknown) => {
    if (!stopping.signal.aborted) log.error({ err: error }, 'PostgreSQL is no longer watched')
  })
  return {
    pid: () => current.pid,
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await current.stop()
      await watching
    },
  }
}

async function startAgain(
  start: () => Promise<Postmaster>,
  signal: AbortSignal,
  log: Log,
): Promise<Postmaster> {
  for (let delay = 100; ; delay = Math.min(delay * 2, 10_000)) {
    try {
      return await start()
    } catch (error) {
      log.error({ err: error }, 'PostgreSQL did not start again')
      await sleep(delay, undefined, { signal })
    }
  }
}
