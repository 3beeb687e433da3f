import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { DATABASE, type Passwords } from '../../src/server/platform/postgres/cluster.ts'
import { SOCKET_PORT, socketFolder } from '../../src/server/platform/postgres/socket.ts'
import { unprivilegedUser } from '../../src/server/platform/postgres/user.ts'
import type { TestServer } from './server.ts'

/** The whole database of a server as it was at some moment, to be put back: a restored backup. */
export interface Backup {
  /** Puts every table back, in one commit, under the running server; accounts, too, unless told. */
  putBack(options?: { accounts?: boolean }): Promise<void>
}

/** Somebody who may do anything with a server's tables. */
export interface Operator extends AsyncDisposable {
  backUp(): Promise<Backup>
  /** Deletes whatever a server knows of families, and leaves it its accounts. */
  loseFamilies(): Promise<void>
  rows<Row extends object>(query: string): Promise<readonly Row[]>
}

const ACCOUNTS = ['accounts', 'sessions', 'sign_ups']
/** The tables that name households. */
const FAMILIES = ['households', 'links', 'wraps', 'messages', 'mailboxes', 'mailbox_entries']

/** Logs in to a server's database as the owner of its tables. */
export async function operatorOf(server: Pick<TestServer, 'data'>): Promise<Operator> {
  const secrets = await readFile(join(server.data, 'secrets', 'database.json'), 'utf8')
  const { migrate: password } = JSON.parse(secrets) as Passwords
  const host = await socketFolder(server.data, unprivilegedUser())
  const login = { host, port: SOCKET_PORT, database: DATABASE, user: 'pawpost_migrate', password }
  const client = new Client(login)
  await client.connect()
  await client.query('SET ROLE pawpost_owner')
  const tables = await tablesOf(client)
  let backups = 0
  return {
    async backUp() {
      backups += 1
      const copy = (table: string): string => `backup_${backups}_${table}`
      await atOnce(
        client,
        tables.map((table) => `CREATE TEMP TABLE ${copy(table)} AS TABLE ${table}`),
      )
      return {
        putBack({ accounts = true } = {}) {
          const these = tables.filter((table) => accounts || !ACCOUNTS.includes(table))
          return atOnce(client, [
            `TRUNCATE ${these.join(', ')}`,
            ...these.map((table) => `INSERT INTO ${table} SELECT * FROM ${copy(table)}`),
          ])
        },
      }
    },
    loseFamilies: () => atOnce(client, [`TRUNCATE ${FAMILIES.join(', ')}, recordings CASCADE`]),
    rows: async <Row extends object>(query: string) => (await client.query<Row>(query)).rows,
    [Symbol.asyncDispose]: () => client.end(),
  }
}

/** Those first that others refer to. */
async function tablesOf(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> 'migrations' ORDER BY tablename NOT IN ('accounts', 'households'), tablename`,
  )
  return rows.map(({ name }) => name)
}

async function atOnce(client: Client, statements: readonly string[]): Promise<void> {
  await client.query(['BEGIN', ...statements, 'COMMIT'].join('; '))
}
