import { createReadStream, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { Client, type Connection } from 'pg'
import type { Login } from '../../src/server/platform/postgres/postgres.ts'
import { SOCKET_PORT } from '../../src/server/platform/postgres/socket.ts'

/** One thing a thief carries away: where it lay, and its bytes. */
export type Loot = {
  readonly place: string
  readonly pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/** Every table of the running server's database, as text and as raw bytes, read by its owner. */
export async function stolenTables(data: string): Promise<readonly Loot[]> {
  return asOwner(data, async (client) => {
    const loot: Loot[] = []
    for (const table of await tablesOf(client)) {
      for (const format of ['text', 'binary']) {
        const pieces = await copyOut(client, `COPY ${table} TO STDOUT (FORMAT ${format})`)
        loot.push({ place: `table ${table} as ${format}`, pieces })
      }
    }
    return loot
  })
}

/** Every file below a folder: a whole data folder, its write-ahead log included. */
export async function stolenFiles(folder: string): Promise<readonly Loot[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      place: `file ${relative(folder, path)}`,
      pieces: createReadStream(path, { highWaterMark: 1 << 20 }),
    }))
}

/** How to log in to a running server's database as one who may become the owner of its tables. */
export function ownerLogin(data: string): Login {
  const secrets = readFileSync(join(data, 'secrets/database.json'), 'utf8')
  const { migrate: password } = JSON.parse(secrets) as { migrate: string }
  const host = join(data, 'socket')
  return { host, port: SOCKET_PORT, database: 'pawpost', user: 'pawpost_migrate', password }
}

/** Works on a running server's database as the owner of its tables. */
export async function asOwner<T>(data: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(ownerLogin(data))
  await client.connect()
  try {
    await client.query('SET ROLE pawpost_owner')
    return await work(client)
  } finally {
    await client.end()
  }
}

async function tablesOf(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  )
  return rows.map(({ name }) => name)
}

/** COPY … TO STDOUT, which pg knows only as a query that handles its own messages. */
function copyOut(client: Client, statement: string): Promise<readonly Uint8Array[]> {
  const pieces: Uint8Array[] = []
  return new Promise((resolve, reject) => {
    client.query({
      submit: (connection: Connection) => connection.query(statement),
      handleCopyData: ({ chunk }: { chunk: Buffer }) => void pieces.push(Buffer.from(chunk)),
      handleCommandComplete: () => undefined,
      handleReadyForQuery: () => resolve(pieces),
      handleError: reject,
    })
  })
}
