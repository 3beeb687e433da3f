import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from 'pg'
import { connect } from './database.ts'
import type { Log } from './log.ts'
import type { Login } from './postgres/postgres.ts'
import { StartError } from './start-error.ts'

type Migration = { readonly name: string; readonly sql: string; readonly checksum: string }

/** Any number, the same for every Pawpost: one migrates at a time. */
const LOCK = 7_291_104

/**
 * Brings the tables up to date with the numbered files of `folder`: forward only, each in its own
 * transaction, as the owner of the tables. Throws StartError when a file that was applied has
 * changed since, or when the database is newer than the files.
 */
export async function migrate(login: Login, folder: string, log: Log): Promise<void> {
  const migrations = await readMigrations(folder)
  const client = await connect(login, log)
  try {
    await client.query('SET ROLE pawpost_owner')
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    const applied = await readApplied(client)
    requireHistory(applied, migrations)
    for (const migration of migrations.slice(applied.length)) {
      await apply(client, migration)
      log.info({ migration: migration.name }, 'migrated')
    }
  } finally {
    await client.end()
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
  return Promise.all(
    names.toSorted().map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function readApplied(client: Client): Promise<Omit<Migration, 'sql'>[]> {
  await client.query(`
    CREATE TABLE IF NOT EXISTS migrations (
      name text PRIMARY KEY,
      checksum text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`)
  const { rows } = await client.query<Omit<Migration, 'sql'>>(
    'SELECT name, checksum FROM migrations ORDER BY name',
  )
  return rows
}

function requireHistory(applied: readonly Omit<Migration, 'sql'>[], files: Migration[]): void {
  for (const [index, { name, checksum }] of applied.entries()) {
    const file = files[index]
    if (file?.name !== name) {
      throw new StartError(`The database knows the migration ${name}, this Pawpost does not.`)
    }
    if (file.checksum !== checksum) {
      throw new StartError(`The migration ${name} changed after it was applied.`)
    }
  }
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(sql)
    await client.query('INSERT INTO migrations (name, checksum) VALUES ($1, $2)', [name, checksum])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}
