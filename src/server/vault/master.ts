import { createHash, hkdfSync } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { sameBytes } from '../../protocol/bytes.ts'
import { bytes, fromCbor, toCbor } from '../../protocol/cbor.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { StartError } from '../platform/start-error.ts'
import { newKey, open, seal, versionOf, type VersionedKey } from './aead.ts'
import { readCopies, writeCopies } from './copies.ts'
import type { Disk } from './disk.ts'
import { createTurns } from './turns.ts'

/** Whose file it is: a kind of owner, such as `household`, and the owner's id. */
export type Owner = { readonly kind: string; readonly id: Uint8Array }

/** Seals the files of the vault, each under a key of its own. */
export type Master = {
  seal(owner: Owner, plain: Uint8Array): Uint8Array
  /** Undefined when it was not sealed by this master for this owner. */
  open(owner: Owner, sealed: Uint8Array): Uint8Array | undefined
}

/** Master keys that can be replaced by newer ones. */
export type RotatingMaster = Master & {
  /** Adds a newer key: what is sealed from now on is sealed under it. */
  renew(): Promise<void>
  /** Destroys all keys but the newest: only when no file needs them any more. */
  retire(): Promise<void>
  /** Whether something was sealed under the newest key. */
  isNewest(sealed: Uint8Array): boolean
}

const CHECKSUM_BYTES = 32

const content = z.strictObject({
  v: z.literal(1),
  n: z.int().min(1),
  /** Oldest first; the last one seals, all of them open. */
  keys: z
    .array(z.strictObject({ kv: z.int().min(1), key: bytes(32) }))
    .min(1)
    .readonly(),
})

type Content = z.output<typeof content>

/**
 * The master keys in FOLDER/master, made if `isNew`. Throws StartError when they are missing or
 * damaged in a vault that has been used: new ones would open nothing.
 */
export async function openMaster(
  disk: Disk,
  folder: string,
  isNew: boolean,
): Promise<RotatingMaster> {
  const path = join(folder, 'master')
  const kept = await readCopies(disk, path, read).catch((error: unknown) => {
    throw error instanceof PawpostError ? lost(path) : error
  })
  if (!kept && !isNew) throw lost(path)
  if (kept) return rotating(disk, path, kept)
  const first: Content = { v: 1, n: 1, keys: [newKey(1)] }
  await writeCopies(disk, path, written(first))
  return rotating(disk, path, first)
}

/** The new keys are safe before anything is sealed under them. */
function rotating(disk: Disk, path: string, kept: Content): RotatingMaster {
  const inTurn = createTurns()
  let now = kept
  let master = masterOf(kept.keys)

  const change = (how: (keys: Content['keys']) => Content['keys']): Promise<void> =>
    inTurn('master', async () => {
      const keys = how(now.keys)
      if (keys.length === now.keys.length) return
      const next: Content = { v: 1, n: now.n + 1, keys }
      await writeCopies(disk, path, written(next))
      now = next
      master = masterOf(keys)
    })

  return {
    seal: (owner, plain) => master.seal(owner, plain),
    open: (owner, sealed) => master.open(owner, sealed),
    isNewest: (sealed) => versionOf(sealed) === now.keys.at(-1)?.kv,
    renew: () => change((keys) => [...keys, newKey(Math.max(...keys.map(({ kv }) => kv)) + 1)]),
    retire: () => change((keys) => keys.slice(-1)),
  }
}

function lost(path: string): StartError {
  return new StartError(
    `${path}.a and ${path}.b cannot be read: put one of them back from a backup.`,
  )
}

function written(value: Content): Uint8Array {
  const plain = toCbor(value)
  return Buffer.concat([checksum(plain), plain])
}

function read(file: Uint8Array): Content | undefined {
  const plain = file.subarray(CHECKSUM_BYTES)
  if (!sameBytes(checksum(plain), file.subarray(0, CHECKSUM_BYTES))) return undefined
  return fromCbor(plain, content, 'internal', 'vault-damaged')
}

function checksum(plain: Uint8Array): Uint8Array {
  return createHash('sha256').update(plain).digest()
}

/** Seals with the newest of these keys, opens with any. */
export function masterOf(keys: readonly VersionedKey[]): Master {
  const newest = keys.slice(-1)
  return {
    seal(owner, plain) {
      const [key] = keysFor(newest, owner)
      if (!key) throw new PawpostError('internal', 'vault-keyless')
      return seal(key, placeOf(owner), plain)
    },
    open: (owner, sealed) => open(keysFor(keys, owner), placeOf(owner), sealed),
  }
}

function placeOf({ kind, id }: Owner): readonly (string | Uint8Array)[] {
  return ['vault-file', kind, id]
}

/** One key per owner: none of them ever comes near the number of values that GCM allows. */
function keysFor(keys: readonly VersionedKey[], { kind, id }: Owner): VersionedKey[] {
  const info = Buffer.concat([Buffer.from(`pawpost/vault/v1/${kind}\0`), id])
  return keys.map(({ kv, key }) => ({
    kv,
    key: new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), info, 32)),
  }))
}
