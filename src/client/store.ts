import type { z } from 'zod'
import { ascii, concatBytes } from '../protocol/bytes.ts'
import { fromCbor, toCbor } from '../protocol/cbor.ts'
import { PawpostError } from '../protocol/errors.ts'

/** One change of a store: a new value, or `undefined` to delete the key. */
export type Change = { readonly key: string; readonly value: Uint8Array | undefined }

/** A platform's durable storage: IndexedDB in the app, SQLite in a profile folder. */
export interface KeyValueStore {
  get(key: string): Promise<Uint8Array | undefined>
  /** Entries whose key starts with `prefix`, in the order of their keys. */
  list(prefix: string): Promise<readonly { key: string; value: Uint8Array }[]>
  /** Applies all changes or none; resolves when they survive a power cut. */
  write(changes: readonly Change[]): Promise<void>
}

/** A typed change for {@link Store.write}. */
export type Write = { readonly key: string; readonly value: unknown }

/**
 * The client's store: CBOR values, each encrypted under the device's storage key with its own key
 * name as additional data, so that entries cannot be read or swapped by who copies the disk.
 */
export type Store = {
  get<S extends z.ZodType>(key: string, schema: S): Promise<z.output<S> | undefined>
  list<S extends z.ZodType>(
    prefix: string,
    schema: S,
  ): Promise<readonly { key: string; value: z.output<S> }[]>
  /** All or nothing; `value: undefined` deletes. */
  write(writes: readonly Write[]): Promise<void>
}

const IV_BYTES = 12

/** Encrypts a platform's storage with a (non-extractable) AES-GCM key. */
export function encryptedStore(raw: KeyValueStore, key: CryptoKey): Store {
  async function sealed({ key: name, value }: Write): Promise<Change> {
    if (value === undefined) return { key: name, value: undefined }
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
    const algorithm = { name: 'AES-GCM', iv, additionalData: ascii(name) }
    const ciphertext = await crypto.subtle.encrypt(algorithm, key, toCbor(value))
    return { key: name, value: concatBytes(iv, new Uint8Array(ciphertext)) }
  }

  async function opened<S extends z.ZodType>(
    name: string,
    bytes: Uint8Array,
    schema: S,
  ): Promise<z.output<S>> {
    const iv = Uint8Array.from(bytes.subarray(0, IV_BYTES))
    const algorithm = { name: 'AES-GCM', iv, additionalData: ascii(name) }
    const plain = await crypto.subtle
      .decrypt(algorithm, key, Uint8Array.from(bytes.subarray(IV_BYTES)))
      .catch((cause: unknown) => {
        throw new PawpostError('storage-failed', 'damaged', { cause })
      })
    return fromCbor(new Uint8Array(plain), schema, 'storage-failed', 'damaged')
  }

  return {
    async get(name, schema) {
      const bytes = await raw.get(name)
      return bytes && opened(name, bytes, schema)
    },
    async list(prefix, schema) {
      const entries = await raw.list(prefix)
      return Promise.all(
        entries.map(async (entry) => ({
          key: entry.key,
          value: await opened(entry.key, entry.value, schema),
        })),
      )
    },
    async write(writes) {
      await raw.write(await Promise.all(writes.map(sealed)))
    },
  }
}
