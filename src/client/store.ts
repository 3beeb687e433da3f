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
  /** Values are shared between callers: nobody changes them. */
  list<S extends z.ZodType>(
    prefix: string,
    schema: S,
  ): Promise<readonly { key: string; value: z.output<S> }[]>
  /** All or nothing; `value: undefined` deletes. */
  write(writes: readonly Write[]): Promise<void>
}

const IV_BYTES = 12
/** Bytes of an entry that is remembered, at most: what lists show, never a sound. */
const SMALL = 1024

/** An entry as it lay in the storage, and what was in it. */
type Remembered = { readonly key: string; readonly bytes: Uint8Array; readonly value: unknown }
type Memory = ReadonlyMap<string, Remembered>

/** Encrypts a platform's storage with a (non-extractable) AES-GCM key. */
export function encryptedStore(raw: KeyValueStore, key: CryptoKey): Store {
  const listed = createListed()

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
      const before = listed.of(schema, prefix)
      const values = await Promise.all(
        entries.map(({ key: name, value: bytes }) => {
          const known = before?.get(name)
          if (known && isSame(known.bytes, bytes)) return Promise.resolve(known)
          return opened(name, bytes, schema).then((value) => ({ key: name, value, bytes }))
        }),
      )
      listed.note(schema, prefix, values)
      return values.map(({ key: name, value }) => ({
        key: name,
        value: value as z.output<typeof schema>,
      }))
    },
    async write(writes) {
      await raw.write(await Promise.all(writes.map(sealed)))
    },
  }
}

/** What was last listed, by schema and prefix. Whoever writes: the same bytes hold the same value. */
function createListed() {
  const listed = new WeakMap<z.ZodType, Map<string, Memory>>()
  return {
    of: (schema: z.ZodType, prefix: string): Memory | undefined => listed.get(schema)?.get(prefix),
    /** Only what is there now is remembered: what was deleted is forgotten with the next listing. */
    note(schema: z.ZodType, prefix: string, entries: readonly Remembered[]): void {
      const memories = listed.get(schema) ?? new Map<string, Memory>()
      const small = entries.filter(({ bytes }) => bytes.length <= SMALL)
      memories.delete(prefix)
      if (small.length === 0) return
      memories.set(prefix, new Map(small.map((one) => [one.key, one])))
      listed.set(schema, memories)
    },
  }
}

/** Byte by byte, thousands of entries at a time. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false
  return true
}
