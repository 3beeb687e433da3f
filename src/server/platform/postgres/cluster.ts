import { randomBytes } from 'node:crypto'
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { ensureFolder, readIfPresent, syncFolder, writeDurably } from '../files.ts'
import type { Log } from '../log.ts'
import { StartError } from '../start-error.ts'
import { startPostmaster } from './postmaster.ts'
import { type Programs, runProgram } from './programs.ts'
import { SOCKET_PORT } from './socket.ts'

/** The name of our database. */
export const DATABASE = 'pawpost'
/** Exists at the first start only; may never log in afterwards. */
const SUPERUSER = 'pawpost_superuser'

/** Who may log in: `migrate` becomes the owner to change tables, `app` serves. */
export type Role = 'migrate' | 'app'
export type Passwords = Readonly<Record<Role, string>>

/**
 * Makes the cluster in DATA/postgres unless it is there, and hands out the passwords of its roles.
 * It is made beside and renamed when complete: a crash in between leaves nothing half done.
 */
export async function ensureCluster(
  data: string,
  sockets: string,
  programs: Programs,
  log: Log,
): Promise<Passwords> {
  const folder = join(data, 'postgres')
  const major = await readIfPresent(join(folder, 'PG_VERSION'))
  const passwords = await readPasswords(data)
  if (major !== undefined) {
    requireMajor(Number(major), programs.major, folder)
    return passwords ?? missingPasswords(data)
  }
  const fresh = passwords ?? (await makePasswords(data))
  await createCluster(`${folder}.new`, sockets, programs, { passwords: fresh, log })
  await rename(`${folder}.new`, folder)
  await syncFolder(data)
  return fresh
}

function requireMajor(found: number, needed: number, folder: string): void {
  if (found === needed) return
  throw new StartError(
    `${folder} belongs to PostgreSQL ${found}, but these programs are of PostgreSQL ${needed}. ` +
      `Set PAWPOST_POSTGRES_BIN to the programs of PostgreSQL ${found}.`,
  )
}

function missingPasswords(data: string): never {
  throw new StartError(`${passwordFile(data)} is missing: put it back from a backup.`)
}

function passwordFile(data: string): string {
  return join(data, 'secrets', 'database.json')
}

/** The passwords of a cluster that is there. */
export async function readPasswords(data: string): Promise<Passwords | undefined> {
  const text = await readIfPresent(passwordFile(data))
  return text === undefined ? undefined : (JSON.parse(text) as Passwords)
}

async function makePasswords(data: string): Promise<Passwords> {
  const passwords = { migrate: randomPassword(), app: randomPassword() }
  await ensureFolder(join(data, 'secrets'), 0o700)
  await writeDurably(passwordFile(data), JSON.stringify(passwords))
  return passwords
}

function randomPassword(): string {
  return randomBytes(32).toString('base64url')
}

async function createCluster(
  folder: string,
  sockets: string,
  programs: Programs,
  { passwords, log }: { passwords: Passwords; log: Log },
): Promise<void> {
  const password = randomPassword()
  await rm(folder, { recursive: true, force: true })
  await initialise(folder, programs, password)
  const postmaster = await startPostmaster(programs, { folder, sockets }, log)
  try {
    const login = { host: sockets, port: SOCKET_PORT, user: SUPERUSER, password }
    await query({ ...login, database: 'postgres' }, serverStatements(passwords))
    await query({ ...login, database: DATABASE }, databaseStatements())
  } finally {
    await postmaster.stop()
  }
}

async function initialise(folder: string, programs: Programs, password: string): Promise<void> {
  const { user } = programs
  await mkdir(folder, { mode: 0o700 })
  const file = `${folder}.password`
  await rm(file, { force: true })
  await writeFile(file, password, { mode: 0o600, flag: 'wx' })
  if (user) {
    await chown(folder, user.uid, user.gid)
    await chown(file, user.uid, user.gid)
  }
  try {
    await runProgram(programs, 'initdb', [
      '-D',
      folder,
      `--username=${SUPERUSER}`,
      `--pwfile=${file}`,
      '--auth-local=scram-sha-256',
      '--auth-host=reject',
      '--data-checksums',
      '--encoding=UTF8',
      '--no-locale',
      '--no-instructions',
    ])
  } finally {
    await rm(file, { force: true })
  }
}

async function query(
  login: { host: string; port: number; user: string; password: string; database: string },
  statements: readonly string[],
): Promise<void> {
  const client = new Client(login)
  client.on('error', () => {})
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

function serverStatements({ migrate, app }: Passwords): string[] {
  const plain = 'NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS'
  return [
    `CREATE ROLE pawpost_owner NOLOGIN ${plain}`,
    `CREATE ROLE pawpost_migrate LOGIN NOINHERIT ${plain} CONNECTION LIMIT 3 PASSWORD '${migrate}'`,
    'GRANT pawpost_owner TO pawpost_migrate WITH INHERIT FALSE, SET TRUE',
    `CREATE ROLE pawpost_app LOGIN NOINHERIT ${plain} PASSWORD '${app}'`,
    "ALTER ROLE pawpost_app SET statement_timeout = '15s'",
    "ALTER ROLE pawpost_app SET lock_timeout = '5s'",
    "ALTER ROLE pawpost_app SET idle_in_transaction_session_timeout = '15s'",
    `CREATE DATABASE ${DATABASE} OWNER pawpost_owner`,
    ...['postgres', 'template1', DATABASE].map(
      (name) => `REVOKE ALL ON DATABASE ${name} FROM PUBLIC`,
    ),
    `GRANT CONNECT ON DATABASE ${DATABASE} TO pawpost_migrate, pawpost_app`,
  ]
}

function databaseStatements(): string[] {
  return [
    'REVOKE ALL ON SCHEMA public FROM PUBLIC',
    'GRANT USAGE ON SCHEMA public TO pawpost_app',
    // Last: nobody logs in as it again.
    `ALTER ROLE ${SUPERUSER} NOLOGIN PASSWORD NULL`,
  ]
}
