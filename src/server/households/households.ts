import { LINKS_PAGE } from '../../protocol/api/households.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { DeviceId, HouseholdId, PrincipalId } from '../../protocol/ids.ts'
import { activeDevice, headOf, type Household, type Invite } from '../../protocol/log/household.ts'
import { readLink } from '../../protocol/log/link.ts'
import { refuse } from '../../protocol/log/refusals.ts'
import { applyLink } from '../../protocol/log/verify.ts'
import { sameBytes } from '../../protocol/bytes.ts'
import type { Clock } from '../platform/clock.ts'
import type { Signer } from '../platform/http/callers.ts'
import type { Log } from '../platform/log.ts'
import type { Space } from '../space/space.ts'
import type { Database } from '../tables.ts'
import type { OpenWrap, WrapVault } from '../vault/vault.ts'
import { closedEpochs, destroyClosed } from './closing.ts'
import { demandNotEnded } from './deleting.ts'
import { assignWraps } from './named-wraps.ts'
import { createStates, type States } from './states.ts'
import * as store from './store.ts'
import { demandTimely } from './timely.ts'

export { demandNotEnded } from './deleting.ts'

/** Bytes of links in one answer, unless a single one is larger. */
const PAGE_BYTES = 1024 * 1024

/** What the features of the key plane work with: the log decides what they may do. */
export type Registry = {
  readonly db: Database
  readonly clock: Clock
  readonly states: States
  readonly vault: WrapVault
  readonly space: Space
  /** Tells whoever watches a household that something of it changed, and what it is that waits. */
  readonly announce: (household: HouseholdId, news?: Arrival | Knock) => void
}

/** Somebody asked to come in. */
export type Knock = {
  /** As it stood then. */
  readonly knockedAt: Household
}

/** A message that was stored. */
export type Arrival = {
  /** As it stood then. */
  readonly household: Household
  readonly by: DeviceId
  readonly to: readonly PrincipalId[]
  /** The padded size of what was said, in bytes. */
  readonly size: number
}

export function createRegistry(parts: Omit<Registry, 'states'>): Registry {
  return { ...parts, states: createStates() }
}

/** A link and the wraps that it names by hash. */
export type Posted = { readonly link: Uint8Array; readonly wraps: readonly Uint8Array[] }

/** The household as its log in the database says it is now; nothing if there is none. */
export async function findHousehold(
  { db, states }: Registry,
  id: HouseholdId,
): Promise<Household | undefined> {
  const standing = await store.readStanding(db, id)
  const isBehind = standing && standing.length < (states.lastKnown(id)?.hashes.length ?? 0)
  // A link was appended since it was read.
  const current = isBehind ? await store.readStanding(db, id) : standing
  return current && states.at(db, id, current)
}

/** As {@link findHousehold}, for those who know that it is there. Throws `not-found`. */
export async function householdOf(registry: Registry, id: HouseholdId): Promise<Household> {
  const household = await findHousehold(registry, id)
  if (!household) throw new PawpostError('not-found')
  return household
}

/** The household that a recovery card opens. Throws `not-found` for anything but an active card. */
export async function findByCard(registry: Registry, card: DeviceId): Promise<HouseholdId> {
  const id = await store.readHouseholdOf(registry.db, card)
  const household = id && (await findHousehold(registry, id))
  if (!household || !activeDevice(household, card)?.card) throw new PawpostError('not-found')
  return household.id
}

/**
 * Starts a household with its genesis. The same genesis again gives the same answer.
 * Throws `log-refused` with the verifier's reason, and `household-ended`.
 */
export async function createHousehold(registry: Registry, posted: Posted): Promise<HouseholdId> {
  const household = applyLink(undefined, posted.link)
  demandTimely(readLink(posted.link).body, registry.clock.now())
  const wraps = assignWraps(undefined, household, posted.wraps)
  await registry.db.transaction().execute(async (transaction) => {
    const { seq, hash } = headOf(household)
    if (!(await store.insertHousehold(transaction, household.id, hash))) return
    await demandNotEnded(transaction, household.id)
    const sealed = await registry.vault.sealWraps(household.id, wraps)
    const genesis = { seq, link: posted.link, wraps: sealed, closed: [] }
    await store.insertLink(transaction, household.id, genesis)
  })
  return household.id
}

/**
 * Appends a link by its own device to the head of the log and returns the log's length. A link that
 * is in the log already is accepted again: the answer to it may have been lost. Throws
 * `log-conflict` when it does not follow the head, `log-refused` with the verifier's reason, and
 * `device-refused` when another device signed the link than the request.
 */
export async function appendLink(
  registry: Registry,
  { household, signer }: { household: HouseholdId; signer: DeviceId },
  posted: Posted,
): Promise<number> {
  const link = readLink(posted.link)
  if (link.body.by !== signer) throw new PawpostError('device-refused', 'signer-differs')
  const after = await registry.db.transaction().execute(async (transaction) => {
    const standing = await store.lockStanding(transaction, household)
    if (!standing) throw new PawpostError('not-found')
    const before = await registry.states.at(transaction, household, standing)
    const { seq } = link.body
    const twin = before.hashes[seq]
    if (twin && sameBytes(twin, link.hash)) return before
    demandTimely(link.body, registry.clock.now())
    const next = advance(before, posted.link, registry.clock.now())
    await storeNext(registry, transaction, { before, next, posted })
    return next
  })
  registry.states.keep(after)
  await destroyClosed(registry, after)
  registry.announce(household)
  return after.hashes.length
}

/** Shred keys are safe in the vault before what they sealed is committed. */
async function storeNext(
  { vault }: Registry,
  transaction: Database,
  { before, next, posted }: { before: Household; next: Household; posted: Posted },
): Promise<void> {
  const assigned = assignWraps(before, next, posted.wraps)
  const wraps = await vault.sealWraps(next.id, assigned)
  const { seq, hash } = headOf(next)
  await store.moveStanding(transaction, next.id, { length: seq + 1, head: hash })
  const closed = closedEpochs(before, next)
  await store.insertLink(transaction, next.id, { seq, link: posted.link, wraps, closed })
}

/** Destroys the shred keys of closed epochs that an earlier process left. */
export async function destroyAllClosed(registry: Registry, log: Log): Promise<void> {
  for (const id of await store.readUnfinished(registry.db)) {
    try {
      await destroyClosed(registry, await householdOf(registry, id))
    } catch (error) {
      log.error({ err: error, household: id }, 'shred keys could not be destroyed')
    }
  }
}

/** Verifies the next link, and that an invitation it uses is not too old by our own clock. */
function advance(before: Household, link: Uint8Array, now: number): Household {
  const after = applyNext(before, link)
  for (const { id, state, expires } of after.invites.values()) {
    const isUsedNow = state === 'used' && before.invites.get(id)?.state === 'open'
    if (isUsedNow && now > expires) refuse('invite-expired')
  }
  return after
}

/** What the verifier refuses because somebody else was faster. */
const OVERTAKEN: readonly unknown[] = ['sequence-gap', 'predecessor-differs']

function applyNext(before: Household, link: Uint8Array): Household {
  try {
    return applyLink(before, link)
  } catch (error) {
    if (!(error instanceof PawpostError) || !OVERTAKEN.includes(error.reason)) throw error
    throw new PawpostError('log-conflict', error.reason, { cause: error })
  }
}

/** Whether an invitation can still be used. */
export function isOpen(invite: Invite, now: number): boolean {
  return invite.state === 'open' && now <= invite.expires
}

/**
 * A page of the log from a number on, and how many links it has. For a device that was ended the log
 * ends with the link that did it, so that it can see for itself. Throws `not-found` for a joiner
 * whose invitation cannot be used any more.
 */
export async function readLog(
  registry: Registry,
  { household, signer }: { household: HouseholdId; signer: Signer },
  from: number,
): Promise<{ links: Uint8Array[]; length: number }> {
  if (signer.as === 'joiner') await demandInvited(registry, household, signer.key)
  const limits = { links: LINKS_PAGE, bytes: PAGE_BYTES }
  const page = await store.readPage(registry.db, household, from, limits)
  if (signer.as !== 'ended') return page
  const { until = 0 } = (await householdOf(registry, household)).devices.get(signer.id) ?? {}
  return { links: page.links.slice(0, Math.max(0, until + 1 - from)), length: until + 1 }
}

/**
 * The wraps made for a device or card, by principal, oldest epoch first; without those of epochs
 * that were closed for ever.
 */
export async function readWraps(
  { db, vault }: Registry,
  household: HouseholdId,
  device: DeviceId,
): Promise<OpenWrap[]> {
  return vault.openWraps(household, await store.readWrapsOf(db, household, device))
}

async function demandInvited(registry: Registry, id: HouseholdId, join: Uint8Array): Promise<void> {
  const { invites } = await householdOf(registry, id)
  const invite = [...invites.values()].find((each) => sameBytes(each.join, join))
  if (!invite || !isOpen(invite, registry.clock.now())) throw new PawpostError('not-found')
}
