import { sha256 } from '@noble/hashes/sha2.js'
import { toHex } from '../../protocol/bytes.ts'
import type { DeviceId, PrincipalId } from '../../protocol/ids.ts'
import type { Household, Principal } from '../../protocol/log/household.ts'
import { demand, refuse } from '../../protocol/log/refusals.ts'
import type { OpenWrap } from '../vault/vault.ts'

type NamedWrap = {
  readonly device: DeviceId
  readonly principal: PrincipalId
  readonly epoch: number
  readonly hash: Uint8Array
}

/**
 * Puts the wraps that came with a link where the link says they belong. Refuses `wraps-incomplete`
 * when a named one is not there and `wraps-foreign` when there is one that the link does not name.
 */
export function assignWraps(
  before: Household | undefined,
  after: Household,
  wraps: readonly Uint8Array[],
): OpenWrap[] {
  const byHash = new Map(wraps.map((wrap) => [toHex(sha256(wrap)), wrap]))
  const named = namedWraps(before, after)
  const assigned = named.map((name) => {
    const { hash, ...place } = name
    return { ...place, wrap: byHash.get(toHex(hash)) ?? refuse('wraps-incomplete') }
  })
  const used = new Set(named.map(({ hash }) => toHex(hash)))
  demand(used.size === wraps.length, 'wraps-foreign')
  return assigned
}

/**
 * The wraps that a household's log names after a link and did not name before it. Those of somebody
 * who is just admitted do not travel: the newcomer made them, for its own device.
 */
function namedWraps(before: Household | undefined, after: Household): NamedWrap[] {
  return [...after.principals.values()].flatMap((principal) => {
    const known = before?.principals.get(principal.id)
    const isNewcomer = before !== undefined && known === undefined
    return known === principal || isNewcomer ? [] : newWraps(known, principal)
  })
}

function newWraps(known: Principal | undefined, { id, epochs }: Principal): NamedWrap[] {
  return epochs.flatMap(({ epoch, wraps }, index) =>
    wraps
      .slice(known?.epochs[index]?.wraps.length ?? 0)
      .map(({ to, hash }) => ({ device: to, principal: id, epoch, hash })),
  )
}

/** A name of a wrap, and whether the wrap was ever sent to a server. */
type KnownName = NamedWrap & { readonly travels: boolean }

/**
 * Every wrap that a household's log names now. That of somebody who joined, for their own device,
 * never travels.
 */
export function allNames(household: Household): KnownName[] {
  return [...household.principals.values()].flatMap((principal) =>
    newWraps(undefined, principal).map((name) => {
      const isOwn = principal.epochs[0]?.by === name.device
      return { ...name, travels: principal.since === 0 || name.epoch > 1 || !isOwn }
    }),
  )
}
