import { sha256 } from '@noble/hashes/sha2.js'
import { scheduler } from 'node:timers/promises'
import { sameBytes, toHex } from '../../protocol/bytes.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { HouseholdId } from '../../protocol/ids.ts'
import { headOf, type Household } from '../../protocol/log/household.ts'
import { householdIdOf, readLink, type Link } from '../../protocol/log/link.ts'
import { applyLink } from '../../protocol/log/verify.ts'
import type { Database } from '../tables.ts'
import type { OpenWrap, WrapName } from '../vault/vault.ts'
import { closedEpochs, destroyClosed } from './closing.ts'
import { demandNotEnded } from './deleting.ts'
import { findHousehold, type Registry } from './households.ts'
import { allNames } from './named-wraps.ts'
import * as store from './store.ts'
import { demandNotAhead } from './timely.ts'

/** Links from a number on, and wraps that were made for this household, in any order. */
export type Resubmitted = {
  readonly from: number
  readonly links: readonly Uint8Array[]
  readonly wraps: readonly Uint8Array[]
}

/** How many links the server had, and has now. */
export type Resubmission = { readonly had: number; readonly length: number }

/** Times a re-submission starts over because another one founded the household in between. */
const ATTEMPTS = 3

/**
 * Takes back what this server lost: links that follow the head of what it has, the genesis if it has
 * nothing, and whatever wraps the log then names and the database lacks; others are left out. The
 * same again changes nothing.
 *
 * Nobody signs the request: a device that was enrolled after the roll-back is unknown here. The
 * links prove themselves, and only who knows the head that the server has gets any answer but
 * `not-found`: an unknown household, a fork, a gap and a log that is longer here look the same, and
 * cost no verification. Throws `log-refused` with the verifier's reason.
 */
export async function resubmitLinks(
  registry: Registry,
  household: HouseholdId,
  resubmitted: Resubmitted,
): Promise<Resubmission> {
  const read = resubmitted.links.map(readLink)
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const outcome = await registry.db
      .transaction()
      .execute((transaction) =>
        takeBack(registry, transaction, { ...resubmitted, id: household, read }),
      )
    if (!outcome) continue
    registry.states.keep(outcome.after)
    await destroyClosed(registry, outcome.after)
    registry.announce(household)
    return { had: outcome.had, length: outcome.after.hashes.length }
  }
  throw new PawpostError('busy')
}

type Task = Resubmitted & { readonly id: HouseholdId; readonly read: readonly Link[] }

/** One link, and the household before and after it. */
type Step = {
  readonly before: Household | undefined
  readonly link: Uint8Array
  readonly next: Household
}

/** Nothing when another one founded the household in this very moment. */
async function takeBack(
  registry: Registry,
  transaction: Database,
  { id, from, links, wraps, read }: Task,
): Promise<{ had: number; after: Household } | undefined> {
  const standing = await store.lockStanding(transaction, id)
  if (!continues({ id, from, read }, standing)) throw new PawpostError('not-found')
  const had = standing?.length ?? 0
  const before = standing && (await registry.states.at(transaction, id, standing))
  for (const { body } of read.slice(had - from)) demandNotAhead(body, registry.clock.now())
  const steps = await applyAll(before, links.slice(had - from))
  const after = steps.at(-1)?.next ?? before
  if (!after) throw new PawpostError('not-found')
  if (!standing && !(await store.insertHousehold(transaction, id, headOf(after).hash))) {
    return undefined
  }
  if (!standing) await demandNotEnded(transaction, id)
  await storeAll(registry, transaction, { steps, after, wraps })
  return { had, after }
}

async function storeAll(
  { vault }: Registry,
  transaction: Database,
  { steps, after, wraps }: { steps: readonly Step[]; after: Household; wraps: Task['wraps'] },
): Promise<void> {
  for (const { before, link, next } of steps) {
    const { seq } = headOf(next)
    const closed = before ? closedEpochs(before, next) : []
    await store.insertLink(transaction, next.id, { seq, link, wraps: [], closed })
  }
  const { seq, hash } = headOf(after)
  if (steps.length > 0) {
    await store.moveStanding(transaction, after.id, { length: seq + 1, head: hash })
  }
  const sealed = await vault.sealWraps(after.id, namedAmong(after, wraps))
  await store.insertWraps(transaction, after.id, sealed)
}

/** Whether somebody knows the log up to its head here, or, where there is none, its genesis. */
function continues(
  { id, from, read }: Pick<Task, 'id' | 'from' | 'read'>,
  standing: store.Standing | undefined,
): boolean {
  const [first] = read
  if (!first) return false
  if (!standing) return from === 0 && householdIdOf(first.hash) === id
  const known = standing.length - from
  const head = known === 0 ? first.body.prev : read[known - 1]?.hash
  return head !== undefined && sameBytes(head, standing.head)
}

/**
 * Verifies lost links. Our own clock only says that none is dated ahead. It is not compared with the
 * end of an invitation or the time of a notice, as it is when a link is new: what is taken back may
 * be years old, and no server that lost its memory can tell. So a link's own time, a guardian's
 * claim, is all there is: the verifier demands that an invitation was open and a notice old enough by
 * it. A guardian can therefore use this door to admit with an invitation that has expired since (who
 * could as well make a new one), and to get a notice past our clock that is dated back; what holds
 * against that are the clients, who know when they first saw it.
 */
async function applyAll(
  base: Household | undefined,
  links: readonly Uint8Array[],
): Promise<readonly Step[]> {
  const steps: Step[] = []
  let before = base
  for (const link of links) {
    const next = applyLink(before, link)
    steps.push({ before, link, next })
    before = next
    // Others get their turn.
    await scheduler.yield()
  }
  return steps
}

function namedAmong(household: Household, wraps: readonly Uint8Array[]): OpenWrap[] {
  const byHash = new Map(wraps.map((wrap) => [toHex(sha256(wrap)), wrap]))
  return allNames(household).flatMap(({ hash, principal, epoch, device }) => {
    const wrap = byHash.get(toHex(hash))
    return wrap ? [{ principal, epoch, device, wrap }] : []
  })
}

/** Verified households of which every named wrap was found in the database. */
const complete = new WeakSet<Household>()

/**
 * Whether the database lacks wraps that the log names: so after a roll-back, until all who kept one
 * came by. A database that is put back gives a household a new verified state, so what was found
 * once holds as long as the state does.
 */
export async function lacksWraps(registry: Registry, id: HouseholdId): Promise<boolean> {
  const household = await findHousehold(registry, id)
  if (!household || complete.has(household)) return false
  const stored = new Set((await store.readWrapPlaces(registry.db, id)).map(placeKey))
  const whole = allNames(household)
    .filter(({ travels }) => travels)
    .every((name) => stored.has(placeKey(name)))
  if (whole) complete.add(household)
  return !whole
}

function placeKey({ device, principal, epoch }: WrapName): string {
  return `${device} ${principal} ${epoch}`
}
