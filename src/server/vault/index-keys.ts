import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { bytes, fromCbor, toCbor } from '../../protocol/cbor.ts'
import { newKey, type VersionedKey } from './aead.ts'
import type { Disk } from './disk.ts'
import type { RotatingMaster } from './master.ts'
import { createSealedFiles, type SealedFiles } from './sealed-files.ts'

/** What may be looked up without being kept: each use has keys of its own. */
export const INDEX_USES = ['address', 'device'] as const
export type IndexUse = (typeof INDEX_USES)[number]

/** A blind index: the same for the same text, and nothing to anybody without the vault. */
export type BlindIndex = { readonly kv: number; readonly index: Uint8Array }

type Keys = { readonly n: number; readonly keys: readonly VersionedKey[] }

/** Computes blind indexes with keys that never change unless they are rotated. */
export interface IndexKeys {
  /** The index under each key there is, the newest first. */
  indexesOf(use: IndexUse, text: string): Promise<readonly BlindIndex[]>
  /** As `indexesOf`, of many texts in their order: the keys are read once. */
  indexesOfAll(use: IndexUse, texts: readonly string[]): Promise<readonly (readonly BlindIndex[])[]>
  /** Adds a newer key. Returns its version. */
  renew(use: IndexUse): Promise<number>
  /** Destroys all keys but the newest. */
  retire(use: IndexUse): Promise<void>
  /** Seals the files of these keys under the master's newest key. */
  resealAll(): Promise<void>
}

/** Of HMAC-SHA256: 128 bits, at which no two of a billion addresses meet. */
const INDEX_BYTES = 16

const NONE: Keys = { n: 0, keys: [] }

const written = z.strictObject({
  v: z.literal(1),
  n: z.int().min(1),
  keys: z
    .array(z.strictObject({ kv: z.int().min(1), key: bytes(32) }))
    .min(1)
    .readonly(),
})

export function createIndexKeys(disk: Disk, folder: string, master: RotatingMaster): IndexKeys {
  const files: SealedFiles<IndexUse, Keys> = createSealedFiles(
    { disk, master },
    {
      empty: NONE,
      folder: join(folder, 'indexes'),
      nameOf: (file) => z.enum(INDEX_USES).parse(file),
      path: (use) => join(folder, 'indexes', use),
      owner: (use) => ({ kind: 'index', id: Buffer.from(use) }),
      write: ({ n, keys }) => toCbor({ v: 1, n, keys }),
      read: (plain) => fromCbor(plain, written, 'internal', 'vault-damaged'),
    },
  )

  async function keysOf(use: IndexUse): Promise<readonly VersionedKey[]> {
    const { keys } = await files.change(use, (before) =>
      before.keys.length > 0 ? before : { ...before, keys: [newKey(1)] },
    )
    return keys.toReversed()
  }

  return {
    async indexesOf(use, text) {
      return (await keysOf(use)).map((key) => indexOf(key, use, text))
    },
    async indexesOfAll(use, texts) {
      const keys = await keysOf(use)
      return texts.map((text) => keys.map((key) => indexOf(key, use, text)))
    },
    async renew(use) {
      const { keys } = await files.change(use, (before) => {
        return { ...before, keys: [...before.keys, newKey(newestIn(before) + 1)] }
      })
      return newestIn({ keys })
    },
    async retire(use) {
      await files.change(use, (before) =>
        before.keys.length > 1 ? { ...before, keys: before.keys.slice(-1) } : before,
      )
    },
    resealAll: () => files.resealAll(),
  }
}

/** The highest version there is; 0 without a key. */
function newestIn({ keys }: Pick<Keys, 'keys'>): number {
  return Math.max(0, ...keys.map(({ kv }) => kv))
}

function indexOf({ kv, key }: VersionedKey, use: IndexUse, text: string): BlindIndex {
  const index = createHmac('sha256', key).update(`${use}/v1\0${text}`).digest()
  return { kv, index: index.subarray(0, INDEX_BYTES) }
}
