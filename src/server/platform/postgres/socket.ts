import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, lstat, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isSystemError } from '../files.ts'
import { StartError } from '../start-error.ts'
import { isReachable, type SystemUser } from './user.ts'

/** Part of the socket's name in PostgreSQL's terms; no TCP port is ever opened. */
export const SOCKET_PORT = 5432
/** Longest path of a Unix socket (sun_path without its final zero). */
const MAX_PATH = 107

/**
 * The folder of the database's socket, open to PostgreSQL's user alone: inside the data folder
 * where the path is short enough, otherwise in the system's folder for such things.
 */
export async function socketFolder(data: string, user: SystemUser | undefined): Promise<string> {
  const inside = join(data, 'socket')
  const folder = fits(inside) ? inside : join(shortBase(user), `pawpost-${digest(data)}`)
  if (!fits(folder)) throw new StartError(`The path ${folder} is too long for a socket.`)
  await makePrivate(folder, user)
  return folder
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${SOCKET_PORT}.lock`)) <= MAX_PATH
}

function shortBase(user: SystemUser | undefined): string {
  const runtime = process.env['XDG_RUNTIME_DIR'] ?? ''
  const short = runtime.startsWith('/') && runtime.length < 60
  if (short && existsSync(runtime) && isReachable(runtime, user)) return runtime
  return Buffer.byteLength(tmpdir()) < 60 ? tmpdir() : '/tmp'
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** In a folder where everybody may write, somebody else may have been there first. */
async function makePrivate(folder: string, user: SystemUser | undefined): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 })
    if (user) await chown(folder, user.uid, user.gid)
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) throw error
  }
  const stats = await lstat(folder)
  const owner = user?.uid ?? process.getuid?.()
  if (!stats.isDirectory() || stats.uid !== owner || (stats.mode & 0o077) !== 0) {
    throw new StartError(`${folder} is not a private folder of ours. Remove it, then start again.`)
  }
}
