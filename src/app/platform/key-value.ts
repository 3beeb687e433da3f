import type { Change, KeyValueStore } from '../../client/store.ts'
import { committed, reading, settled, Table, writing } from './database.ts'

/** The client's storage in IndexedDB. Values are ciphertext already when they come here. */
export function keyValueStore(database: IDBDatabase): KeyValueStore {
  return {
    async get(key) {
      const found: unknown = await settled(reading(database, Table.entries).get(key))
      return found instanceof Uint8Array ? found : undefined
    },
    async list(prefix) {
      const store = reading(database, Table.entries)
      const range = startingWith(prefix)
      const [keys, values] = await Promise.all([
        settled(store.getAllKeys(range)),
        settled(store.getAll(range)),
      ])
      return keys.map((key, index) => ({
        key: key as string,
        value: values[index] as Uint8Array,
      }))
    },
    async write(changes) {
      if (changes.length === 0) return
      const store = writing(database, Table.entries)
      const done = committed(store.transaction)
      for (const change of changes) apply(store, change)
      await done
    },
  }
}

function apply(store: IDBObjectStore, { key, value }: Change): void {
  if (value) store.put(value, key)
  else store.delete(key)
}

/** Keys are ASCII: no letter of a key lies beyond U+FFFF's place in the order. */
function startingWith(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(prefix, `${prefix}\uffff`)
}
