import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { StartError } from '../start-error.ts'

/** Whom PostgreSQL runs as. It refuses to run as root. */
export type SystemUser = { readonly uid: number; readonly gid: number; readonly name: string }

/** Undefined: as ourselves. Started as root: an unprivileged user that is there already. */
export function unprivilegedUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync('/etc/passwd', 'utf8').split('\n').map(parseUser)
  const user = ['postgres', 'nobody'].map((name) => users.find((each) => each?.name === name))
  const [found] = user.filter((each) => each !== undefined && each.uid !== 0)
  if (found) return found
  throw new StartError(
    'Started as root, but there is no user "postgres" or "nobody" to run PostgreSQL as. ' +
      'Start Pawpost as another user.',
  )
}

function parseUser(line: string): SystemUser | undefined {
  const [name = '', , uid, gid] = line.split(':')
  return name === '' ? undefined : { name, uid: Number(uid), gid: Number(gid) }
}

/** Whether `user` may go through every folder above `path`, and read `path` itself. */
export function isReachable(path: string, user: SystemUser | undefined): boolean {
  return user === undefined || firstClosedFolder(path, user) === undefined
}

/** Throws StartError naming the folder that keeps `user` out of `path`. */
export function requireReachable(path: string, user: SystemUser | undefined): void {
  const closed = user && firstClosedFolder(path, user)
  if (!user || closed === undefined) return
  throw new StartError(
    `PostgreSQL runs as the user "${user.name}", who may not look into ${closed}. ` +
      'Choose another --data, such as /var/lib/pawpost, or start Pawpost as another user.',
  )
}

function firstClosedFolder(path: string, user: SystemUser): string | undefined {
  const above = dirname(path)
  const closed = above === path ? undefined : firstClosedFolder(above, user)
  return closed ?? (maySearch(path, user) ? undefined : path)
}

function maySearch(path: string, { uid, gid }: SystemUser): boolean {
  const stats = statSync(path)
  if (stats.uid === uid) return (stats.mode & 0o100) !== 0
  if (stats.gid === gid) return (stats.mode & 0o010) !== 0
  return (stats.mode & 0o001) !== 0
}
