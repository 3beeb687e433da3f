import { DatabaseSync } from 'node:sqlite'
import type { KeyValueStore } from '../../client/store.ts'
import { PawpostError } from '../../protocol/errors.ts'

const PATIENCE_MS = 10_000

/** A durable key-value store in one SQLite file, and its closing. */
export type ProfileDatabase = KeyValueStore & Disposable

/**
 * Opens a profile's store. Only one process at a time has it; another one waits ten seconds and
 * then gets `profile-busy`. The lock ends with the process, however that ends. A file that cannot
 * be opened or is damaged is `storage-failed`.
 */
export function openDatabase(path: string, patienceMs = PATIENCE_MS): ProfileDatabase {
  const database = open(path, patienceMs)
  try {
    // An exclusive lock is taken by the first write and kept until the file is closed.
    database.exec('PRAGMA locking_mode = EXCLUSIVE')
    database.exec('PRAGMA journal_mode = WAL')
    database.exec('PRAGMA synchronous = FULL')
    database.exec('BEGIN EXCLUSIVE')
    database.exec('CREATE TABLE IF NOT EXISTS entry (key TEXT PRIMARY KEY, value BLOB) STRICT')
    database.exec('COMMIT')
  } catch (cause) {
    database.close()
    throw failure(cause)
  }
  return storeOver(database)
}

function open(path: string, patienceMs: number): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: patienceMs })
  } catch (cause) {
    throw failure(cause)
  }
}

/** Result code of SQLite when another process has the file (sqlite.org/rescode.html). */
const SQLITE_BUSY = 5

function failure(cause: unknown): PawpostError {
  const { errcode } = cause as { errcode?: number }
  const busy = errcode !== undefined && (errcode & 0xff) === SQLITE_BUSY
  return new PawpostError(busy ? 'profile-busy' : 'storage-failed', undefined, { cause })
}

function storeOver(database: DatabaseSync): ProfileDatabase {
  const one = database.prepare('SELECT value FROM entry WHERE key = ?')
  const some = database.prepare(
    'SELECT key, value FROM entry WHERE key >= ? AND key < ? ORDER BY key',
  )
  const put = database.prepare('INSERT OR REPLACE INTO entry (key, value) VALUES (?, ?)')
  const drop = database.prepare('DELETE FROM entry WHERE key = ?')
  return {
    get: async (key) => one.get(key)?.['value'] as Uint8Array | undefined,
    list: async (prefix) =>
      some.all(prefix, `${prefix}\u{10ffff}`) as { key: string; value: Uint8Array }[],
    write: async (changes) => {
      try {
        database.exec('BEGIN IMMEDIATE')
        for (const { key, value } of changes) {
          if (value === undefined) drop.run(key)
          else put.run(key, value)
        }
        database.exec('COMMIT')
      } catch (cause) {
        if (database.isTransaction) database.exec('ROLLBACK')
        throw new PawpostError('storage-failed', undefined, { cause })
      }
    },
    [Symbol.dispose]: () => database.close(),
  }
}
