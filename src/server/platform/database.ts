import { Kysely, PostgresDialect } from 'kysely'
import { Client, Pool } from 'pg'
import type { Log } from './log.ts'
import type { Login } from './postgres/postgres.ts'

/** Connections at most: enough to keep PostgreSQL busy on a small machine. */
const POOL = 12

/** The database with its tables, and its notifications. */
export interface DatabaseHandle<Tables> extends AsyncDisposable {
  readonly db: Kysely<Tables>
  /** Whether it answers, within a second. */
  answers(): Promise<boolean>
}

/** Opens a pool of connections; they are made when first needed. */
export function openDatabase<Tables>(login: Login, log: Log): DatabaseHandle<Tables> {
  const pool = new Pool({
    ...login,
    max: POOL,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 5000,
    application_name: 'pawpost',
  })
  // Both are needed: an idle and a borrowed connection report the server's end in different ways.
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection ended'))
  pool.on('connect', (client) =>
    client.on('error', (error) => log.warn({ err: error }, 'a database connection ended')),
  )
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return {
    db,
    answers: () => answers(pool),
    async [Symbol.asyncDispose]() {
      await db.destroy()
      // Kysely ends the pool only if it was used.
      if (!pool.ending) await pool.end()
    },
  }
}

async function answers(pool: Pool): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), 1000).unref()
  })
  const now = pool.query('SELECT 1').then(
    () => true,
    () => false,
  )
  return Promise.race([now, late])
}

/** A connection of one's own, for what a pool cannot do. The caller ends it. */
export async function connect(login: Login, log: Log): Promise<Client> {
  const client = new Client({ ...login, application_name: 'pawpost' })
  client.on('error', (error) => log.warn({ err: error }, 'a database connection ended'))
  await client.connect()
  return client
}

/** Runs `work` in a transaction of a connection of one's own. */
export async function inTransaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN')
  try {
    const result = await work()
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}
