import { scheduler } from 'node:timers/promises'
import { sameBytes } from '../../protocol/bytes.ts'
import type { HouseholdId } from '../../protocol/ids.ts'
import { headOf, type Household } from '../../protocol/log/household.ts'
import { applyLink } from '../../protocol/log/verify.ts'
import type { Executor } from '../platform/statements.ts'
import { readLinks, type Standing } from './store.ts'

/** Households kept verified at most; the longest unused are forgotten and verified again. */
const KEPT = 1000

/**
 * Verified households, remembered between requests. What is handed out always is the log as the
 * database has it: several servers share one, so every use names the standing it read there.
 */
export interface States {
  /** The verified household at a standing of the database. Only new links are verified. */
  at(db: Executor, household: HouseholdId, standing: Standing): Promise<Household>
  /** What was last known of it, which may be old: for those who check it as they write. */
  lastKnown(household: HouseholdId): Household | undefined
  /** Remembers a household whose newest link is committed. */
  keep(household: Household): void
  /** Forgets a household that is no more. */
  forget(household: HouseholdId): void
}

export function createStates(capacity = KEPT): States {
  /** In the order of last use. */
  const kept = new Map<HouseholdId, Household>()

  function keep(household: Household): void {
    kept.delete(household.id)
    kept.set(household.id, household)
    if (kept.size <= capacity) return
    const oldest = kept.keys().next()
    if (!oldest.done) kept.delete(oldest.value)
  }

  async function at(db: Executor, id: HouseholdId, standing: Standing): Promise<Household> {
    const known = kept.get(id)
    // A standing that is not ahead of a remembered one is that very one, or the database was put
    // back to an earlier day: then what it holds now counts, from the first link on.
    const base = known && known.hashes.length < standing.length ? known : undefined
    const household =
      known && standsAt(known, standing) ? known : await verify(db, id, { base, standing })
    keep(household)
    return household
  }

  async function verify(
    db: Executor,
    id: HouseholdId,
    { base, standing }: { base: Household | undefined; standing: Standing },
  ): Promise<Household> {
    kept.delete(id)
    const links = await readLinks(db, id, base?.hashes.length ?? 0, standing.length)
    const household = await applyAll(base, links).catch(refuseStored)
    return household && standsAt(household, standing) ? household : refuseStored()
  }

  return {
    at,
    lastKnown: (household) => kept.get(household),
    keep,
    forget: (id) => void kept.delete(id),
  }
}

function standsAt(household: Household, { length, head }: Standing): boolean {
  return household.hashes.length === length && sameBytes(headOf(household).hash, head)
}

/** What is stored was verified before: this is no caller's mistake. */
function refuseStored(cause?: unknown): never {
  throw new Error('a stored log does not lead to its head', { cause })
}

/** Long logs take a while: others get their turn between links. */
async function applyAll(
  base: Household | undefined,
  links: readonly Uint8Array[],
): Promise<Household | undefined> {
  let household = base
  for (const link of links) {
    household = applyLink(household, link)
    await scheduler.yield()
  }
  return household
}
