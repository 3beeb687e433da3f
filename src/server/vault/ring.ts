import { z } from 'zod'
import { bytes, fromCbor, toCbor } from '../../protocol/cbor.ts'
import { principalId, type PrincipalId } from '../../protocol/ids.ts'
import { newKey, type VersionedKey } from './aead.ts'

/** An epoch of a principal: what has a shred key of its own. */
export type EpochName = { readonly principal: PrincipalId; readonly epoch: number }

/** The epochs of a principal below a number: closed for ever. */
export type Closed = { readonly principal: PrincipalId; readonly below: number }

type ShredKey = VersionedKey & { readonly epoch: number }

type Principal = {
  readonly id: PrincipalId
  /** The lowest epoch that may have keys. */
  readonly open: number
  readonly keys: readonly ShredKey[]
}

/** The shred keys of a household. Values are never changed, only replaced. */
export type Ring = { readonly n: number; readonly principals: readonly Principal[] }

export const EMPTY_RING: Ring = { n: 0, principals: [] }

/** Bytes of a shred key in a file: epoch and kv, four bytes each, and the key. */
const PACKED_BYTES = 40

/** As it is written. Years of keys are packed: reading them one by one would take milliseconds. */
const written = z.strictObject({
  v: z.literal(1),
  n: z.int().min(1),
  principals: z.array(
    z.strictObject({
      id: principalId.schema,
      open: z.int().min(1),
      keys: bytes(0, 1 << 20).refine((packed) => packed.length % PACKED_BYTES === 0),
    }),
  ),
})

export function writeRing({ n, principals }: Ring): Uint8Array {
  const packed = principals.map(({ keys, ...one }) => ({ ...one, keys: pack(keys) }))
  return toCbor({ v: 1, n, principals: packed })
}

/** Throws `internal` with `vault-damaged`. */
export function readRing(plain: Uint8Array): Ring {
  const { n, principals } = fromCbor(plain, written, 'internal', 'vault-damaged')
  return { n, principals: principals.map(({ keys, ...one }) => ({ ...one, keys: unpack(keys) })) }
}

function pack(keys: readonly ShredKey[]): Uint8Array {
  const packed = Buffer.alloc(keys.length * PACKED_BYTES)
  for (const [index, { epoch, kv, key }] of keys.entries()) {
    const at = packed.writeUInt32BE(kv, packed.writeUInt32BE(epoch, index * PACKED_BYTES))
    packed.set(key, at)
  }
  return packed
}

function unpack(bytes: Uint8Array): readonly ShredKey[] {
  const packed = Buffer.from(bytes)
  return Array.from({ length: packed.length / PACKED_BYTES }, (_, index) => {
    const one = packed.subarray(index * PACKED_BYTES, (index + 1) * PACKED_BYTES)
    return { epoch: one.readUInt32BE(0), kv: one.readUInt32BE(4), key: one.subarray(8) }
  })
}

/** The keys of an epoch, oldest first; none if it was closed, or never had any. */
export function keysOf(ring: Ring, { principal, epoch }: EpochName): readonly VersionedKey[] {
  return principalOf(ring, principal).keys.filter((key) => key.epoch === epoch)
}

/** Whether an epoch was closed for ever. */
export function isClosed(ring: Ring, { principal, epoch }: EpochName): boolean {
  return epoch < principalOf(ring, principal).open
}

/** The ring with a key for every named epoch that is not closed; the same one if it has them. */
export function withKeys(ring: Ring, names: readonly EpochName[]): Ring {
  return names.reduce((before, name) => {
    const known = principalOf(before, name.principal)
    if (isClosed(before, name) || keysOf(before, name).length > 0) return before
    const fresh = { epoch: name.epoch, ...newKey(1) }
    return withPrincipal(before, { ...known, keys: [...known.keys, fresh] })
  }, ring)
}

/** The ring without any key of closed epochs, which never get one again; the same one if so. */
export function withoutClosed(ring: Ring, closed: readonly Closed[]): Ring {
  return closed.reduce((before, { principal, below }) => {
    const known = principalOf(before, principal)
    if (known.open >= below) return before
    const keys = known.keys.filter(({ epoch }) => epoch >= below)
    return withPrincipal(before, { ...known, open: below, keys })
  }, ring)
}

/** The ring with a newer key for every epoch that has one; the same one if there is none. */
export function withNewer(ring: Ring): Ring {
  return changed(ring, ({ keys }) => [
    ...keys,
    ...newestOf(keys).map(({ epoch, kv }) => ({ epoch, ...newKey(kv + 1) })),
  ])
}

/** The ring with only the newest key of every epoch; the same one if it has no other. */
export function withoutOld(ring: Ring): Ring {
  return changed(ring, ({ keys }) => newestOf(keys))
}

function changed(ring: Ring, how: (principal: Principal) => readonly ShredKey[]): Ring {
  const principals = ring.principals.map((one) => ({ ...one, keys: how(one) }))
  const isSame = principals.every(
    ({ keys }, index) => keys.length === ring.principals[index]?.keys.length,
  )
  return isSame ? ring : { ...ring, principals }
}

/** Of each epoch. */
function newestOf(keys: readonly ShredKey[]): ShredKey[] {
  return [...new Map(keys.map((key) => [key.epoch, key])).values()]
}

function principalOf(ring: Ring, id: PrincipalId): Principal {
  return ring.principals.find((each) => each.id === id) ?? { id, open: 1, keys: [] }
}

function withPrincipal(ring: Ring, changed: Principal): Ring {
  const others = ring.principals.filter(({ id }) => id !== changed.id)
  return { ...ring, principals: [...others, changed] }
}
