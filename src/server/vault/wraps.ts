import type { DeviceId, HouseholdId } from '../../protocol/ids.ts'
import type { Log } from '../platform/log.ts'
import { open, seal, versionOf, type Place } from './aead.ts'
import {
  isClosed,
  keysOf,
  withKeys,
  withNewer,
  withoutClosed,
  withoutOld,
  type Closed,
  type EpochName,
  type Ring,
} from './ring.ts'
import type { Rings } from './rings.ts'

export type { Closed }

/** Which wrap it is: whose secret, of which epoch, for which device. */
export type WrapName = EpochName & { readonly device: DeviceId }
export type OpenWrap = WrapName & { readonly wrap: Uint8Array }
export type SealedWrap = WrapName & { readonly sealed: Uint8Array }

/** The vault's door for wraps: no key comes out of it. */
export interface WrapVault {
  /**
   * Seals wraps under the shred keys of their epochs, which are made and safe on the disk when this
   * returns. Wraps of closed epochs are left out.
   */
  sealWraps(household: HouseholdId, wraps: readonly OpenWrap[]): Promise<SealedWrap[]>
  /**
   * Opens wraps that are still in the place they were sealed for. Those of closed epochs are left
   * out; so are those that somebody moved or changed, which the log tells the operator.
   */
  openWraps(household: HouseholdId, wraps: readonly SealedWrap[]): Promise<OpenWrap[]>
  /** Destroys the shred keys of epochs, for ever: they never get new ones. Repeatable. */
  closeEpochs(household: HouseholdId, closed: readonly Closed[]): Promise<void>
  /** Destroys all shred keys of a household, and its name here, for ever. Repeatable. */
  forgetHousehold(household: HouseholdId): Promise<void>
  /** Gives every epoch that has a shred key a newer one. */
  renewShredKeys(household: HouseholdId): Promise<void>
  /** Seals wraps anew under the newest keys. Left out are those that `openWraps` leaves out. */
  resealWraps(household: HouseholdId, wraps: readonly SealedWrap[]): Promise<SealedWrap[]>
  /** Destroys all keys of every epoch but the newest. */
  retireShredKeys(household: HouseholdId): Promise<void>
}

export function wrapVaultOf(rings: Rings, log: Log): WrapVault {
  return {
    async sealWraps(household, wraps) {
      const ring = await rings.change(household, (before) => withKeys(before, wraps))
      return wraps.flatMap((wrap) => sealOne(ring, household, wrap))
    },
    async openWraps(household, wraps) {
      const ring = await rings.read(household)
      return wraps.flatMap((sealed) => openOne({ ring, household, log }, sealed))
    },
    async closeEpochs(household, closed) {
      await rings.change(household, (before) => withoutClosed(before, closed))
    },
    forgetHousehold: (household) => rings.remove(household),
    async renewShredKeys(household) {
      await rings.change(household, withNewer)
    },
    async resealWraps(household, wraps) {
      const ring = await rings.read(household)
      return wraps.flatMap((sealed) => resealOne({ ring, household, log }, sealed))
    },
    async retireShredKeys(household) {
      await rings.change(household, withoutOld)
    },
  }
}

function sealOne(ring: Ring, household: HouseholdId, { wrap, ...name }: OpenWrap): SealedWrap[] {
  const key = keysOf(ring, name).at(-1)
  return key ? [{ ...name, sealed: seal(key, placeOf(household, name), wrap) }] : []
}

function openOne(
  { ring, household, log }: { ring: Ring; household: HouseholdId; log: Log },
  { sealed, ...name }: SealedWrap,
): OpenWrap[] {
  if (isClosed(ring, name)) return []
  const keys = keysOf(ring, name)
  const wrap = open(keys, placeOf(household, name), sealed)
  if (wrap) return [{ ...name, wrap }]
  const wrong = keys.length === 0 ? 'the shred key of a wrap is lost' : 'a wrap is not as sealed'
  log.error({ household, ...name }, wrong)
  return []
}

function resealOne(
  parts: { ring: Ring; household: HouseholdId; log: Log },
  wrap: SealedWrap,
): SealedWrap[] {
  const isNewest = keysOf(parts.ring, wrap).at(-1)?.kv === versionOf(wrap.sealed)
  return openOne(parts, wrap).flatMap((opened) =>
    isNewest ? [wrap] : sealOne(parts.ring, parts.household, opened),
  )
}

/** Two rows that changed places do not open. */
function placeOf(household: HouseholdId, { principal, epoch, device }: WrapName): Place {
  return ['wraps', household, principal, epoch, device]
}
