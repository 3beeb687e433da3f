import type { KeyValueStore } from '../../src/client/store.ts'

/** A platform's storage in memory, and what lies in it. */
export type MemoryStore = KeyValueStore & { readonly entries: Map<string, Uint8Array> }

export function memoryStore(entries = new Map<string, Uint8Array>()): MemoryStore {
  return {
    entries,
    get: async (key) => entries.get(key)?.slice(),
    list: async (prefix) =>
      [...entries]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => ({ key, value: value.slice() })),
    async write(changes) {
      for (const { key, value } of changes) {
        if (value === undefined) entries.delete(key)
        else entries.set(key, value.slice())
      }
    },
  }
}

/** A fresh key for `encryptedStore`, as a device makes it. */
export function newStorageKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}
