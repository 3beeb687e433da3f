import { PawpostError } from '../../protocol/errors.ts'

/** Entries are the client's encrypted store; secrets are CryptoKeys that nobody can read out. */
export const Table = { entries: 'entries', secrets: 'secrets' } as const
export type Table = (typeof Table)[keyof typeof Table]

const NAME = 'pawpost'
const VERSION = 1

/** Opens the app's database, or another one of the same form. Throws `storage-failed`, such as in a private window that has none. */
export async function openDatabase(name = NAME): Promise<IDBDatabase> {
  const request = indexedDB.open(name, VERSION)
  request.addEventListener('upgradeneeded', () => {
    for (const table of Object.values(Table)) request.result.createObjectStore(table)
  })
  const database = await settled(request)
  // Another version of the app wants to change it: let go, the window lock has moved on anyway.
  database.addEventListener('versionchange', () => database.close())
  return database
}

/** What one request gives. Throws `storage-failed`. */
export function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(failed(request.error)))
  })
}

/** Resolves when everything in the transaction is on the disk. Throws `storage-failed`. */
export function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(failed(transaction.error))
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('error', fail)
    transaction.addEventListener('abort', fail)
  })
}

export function reading(database: IDBDatabase, table: Table): IDBObjectStore {
  return guarded(() => database.transaction(table, 'readonly').objectStore(table))
}

/** A write that counts as done only when it survives a power cut. */
export function writing(database: IDBDatabase, table: Table): IDBObjectStore {
  const options = { durability: 'strict' } as const
  return guarded(() => database.transaction(table, 'readwrite', options).objectStore(table))
}

function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw failed(cause)
  }
}

function failed(cause: unknown): PawpostError {
  return new PawpostError('storage-failed', nameOf(cause), { cause })
}

function nameOf(cause: unknown): string | undefined {
  return cause instanceof DOMException ? cause.name : undefined
}
