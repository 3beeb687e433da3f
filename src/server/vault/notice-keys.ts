import { createECDH } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { bytes, fromCbor, toCbor } from '../../protocol/cbor.ts'
import { newKey, type VersionedKey } from './aead.ts'
import type { Disk } from './disk.ts'
import type { RotatingMaster } from './master.ts'
import { createSealedFiles, type SealedFiles } from './sealed-files.ts'

/** What push services know this server by (RFC 8292): a key pair on P-256. */
export type PushPair = { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array }

type Keys = {
  readonly n: number
  /** Oldest first; the last one seals, all of them open. */
  readonly keys: readonly VersionedKey[]
  readonly pair?: PushPair
}

/** The keys of whatever tells people that post came: one file for all. */
export interface NoticeKeys {
  /** Those that seal, oldest first; made at the first call. */
  keys(): Promise<readonly VersionedKey[]>
  /** Never replaced: browsers subscribed with it. */
  pair(): Promise<PushPair>
  /** Adds a newer key to those that seal, if there are any. */
  renew(): Promise<void>
  /** Destroys all of those but the newest. */
  retire(): Promise<void>
  /** Seals the file under the master's newest key. */
  resealAll(): Promise<void>
}

const NAME = 'notices'
const NONE: Keys = { n: 0, keys: [] }

const written = z.strictObject({
  v: z.literal(1),
  n: z.int().min(1),
  keys: z.array(z.strictObject({ kv: z.int().min(1), key: bytes(32) })).readonly(),
  pair: z.strictObject({ publicKey: bytes(65), privateKey: bytes(32) }).exactOptional(),
})

export function createNoticeKeys(disk: Disk, folder: string, master: RotatingMaster): NoticeKeys {
  const files: SealedFiles<typeof NAME, Keys> = createSealedFiles(
    { disk, master },
    {
      empty: NONE,
      folder: join(folder, NAME),
      nameOf: () => NAME,
      path: () => join(folder, NAME, NAME),
      owner: () => ({ kind: NAME, id: Buffer.from(NAME) }),
      write: (value) => toCbor({ v: 1, ...value }),
      read: (plain) => readKeys(plain),
    },
  )
  return {
    async keys() {
      const made = await files.change(NAME, (before) =>
        before.keys.length > 0 ? before : { ...before, keys: [newKey(1)] },
      )
      return made.keys
    },
    async pair() {
      const { pair } = await files.change(NAME, (before) =>
        before.pair ? before : { ...before, pair: newPair() },
      )
      return pair ?? newPair()
    },
    async renew() {
      await files.change(NAME, (before) => {
        const newest = before.keys.at(-1)
        return newest ? { ...before, keys: [...before.keys, newKey(newest.kv + 1)] } : before
      })
    },
    async retire() {
      await files.change(NAME, (before) =>
        before.keys.length > 1 ? { ...before, keys: before.keys.slice(-1) } : before,
      )
    },
    resealAll: () => files.resealAll(),
  }
}

/** Throws `internal` with `vault-damaged`. */
function readKeys(plain: Uint8Array): Keys {
  const { v: _version, ...keys } = fromCbor(plain, written, 'internal', 'vault-damaged')
  return keys
}

/** Zeros in front are kept: P-256 has scalars of 32 bytes. */
function newPair(): PushPair {
  const curve = createECDH('prime256v1')
  const publicKey = Uint8Array.from(curve.generateKeys())
  const scalar = curve.getPrivateKey()
  return {
    publicKey,
    privateKey: Uint8Array.from([...new Uint8Array(32 - scalar.length), ...scalar]),
  }
}
