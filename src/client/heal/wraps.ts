import { sha256 } from '@noble/hashes/sha2.js'
import { toHex } from '../../protocol/bytes.ts'
import { bytes } from '../../protocol/cbor.ts'
import type { Household } from '../../protocol/log/household.ts'
import type { Client } from '../client.ts'
import type { Write } from '../store.ts'

// Wraps are what a log does not hold: a server that lost them gets them back from whoever made or
// received them.

const PREFIX = 'wrap/'
const wrap = bytes(1, 1 << 13)

/** A wrap, and the number of the link that names it. */
export type KeptWrap = { readonly seq: number; readonly wrap: Uint8Array }

/** The store's writes for wraps that the log names; others are not kept. */
export function wrapWrites(household: Household, wraps: readonly Uint8Array[]): readonly Write[] {
  const names = namesOf(household)
  return wraps
    .map((value) => ({ hash: toHex(sha256(value)), value }))
    .filter(({ hash }) => names.has(hash))
    .map(({ hash, value }) => ({ key: PREFIX + hash, value }))
}

/** The wraps that this device made or received and that the log still names, by link. */
export async function keptWraps(
  client: Client,
  household: Household,
): Promise<readonly KeptWrap[]> {
  const names = namesOf(household)
  const entries = await client.store.list(PREFIX, wrap)
  return entries
    .flatMap(({ key, value }) => {
      const seq = names.get(key.slice(PREFIX.length))
      return seq === undefined ? [] : [{ seq, wrap: value }]
    })
    .sort((a, b) => a.seq - b.seq)
}

/** The writes that forget the wraps of epochs which the log has closed. */
export async function forgottenWraps(
  client: Client,
  before: Household,
  after: Household,
): Promise<readonly Write[]> {
  const names = namesOf(after)
  const closed = [...namesOf(before).keys()].some((hash) => !names.has(hash))
  if (!closed) return []
  const entries = await client.store.list(PREFIX, wrap)
  return entries
    .filter(({ key }) => !names.has(key.slice(PREFIX.length)))
    .map(({ key }) => ({ key, value: undefined }))
}

/** The number of the link that names each wrap, by the wrap's hash. */
function namesOf(household: Household): ReadonlyMap<string, number> {
  const names = new Map<string, number>()
  for (const { epochs } of household.principals.values()) {
    for (const epoch of epochs) {
      for (const { to, hash } of epoch.wraps) {
        // Made with the epoch, or given to a device when it came.
        names.set(toHex(hash), Math.max(epoch.since, household.devices.get(to)?.since ?? 0))
      }
    }
  }
  return names
}
