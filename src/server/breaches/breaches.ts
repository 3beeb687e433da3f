import { sql } from 'kysely'
import type { AccountId } from '../../protocol/ids.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../tables.ts'
import type { AccountVault } from '../vault/vault.ts'
import {
  deleteTally,
  findingsOf,
  type List,
  loadTally,
  noteFound,
  saveTally,
  type Tally,
} from './store.ts'

export type { List, Tally }

/** Addresses in one transaction. */
export const BATCH = 1000

/** Longest name of a source. */
export const MOST_SOURCE = 80

/**
 * Where the addresses of a list are looked up. What nobody here has is forgotten at once. A batch
 * and the tally behind it are there together or not at all.
 */
export interface BreachTarget {
  /** What came of a list so far, when it was cut off earlier. */
  begin(list: List): Promise<Tally | undefined>
  /**
   * Notes the accounts of at most {@link BATCH} normalised addresses. `before` counts these records
   * as read; returned with what was found.
   */
  take(list: List, addresses: readonly string[], before: Tally): Promise<Tally>
  /** The list is read: the next time it is read from its beginning. */
  end(list: List): Promise<void>
}

export type BreachParts = {
  readonly db: Database
  readonly vault: Pick<AccountVault, 'indexesOfAll'>
  readonly clock: Clock
}

export function createBreaches({ db, vault, clock }: BreachParts): BreachTarget {
  return {
    begin: (list) => loadTally(db, list),
    async take(list, addresses, before) {
      const indexes = (await vault.indexesOfAll(addresses)).flat().map(({ index }) => index)
      return db.transaction().execute(async (transaction) => {
        // What a power cut takes it takes with its tally, and `end` waits for all that went before.
        await sql`SET LOCAL synchronous_commit = off`.execute(transaction)
        const { found, fresh } = await noteFound(transaction, indexes, list)
        const counted = {
          ...before,
          found: before.found + fresh,
          known: before.known + found - fresh,
        }
        await saveTally(transaction, list, counted, new Date(clock.now()))
        return counted
      })
    },
    end: (list) => deleteTally(db, list),
  }
}

/** A breach for which a new password is asked of an owner. */
export type Asking = { readonly source: string; readonly foundAt: string }

/** The breaches that became known after an owner last chose a password: asked, not locked out. */
export async function askedOf(
  db: Database,
  account: AccountId,
  passwordSetAt: Date,
): Promise<Asking[]> {
  const findings = await findingsOf(db, account)
  return findings
    .filter(({ foundAt }) => isAsked(foundAt, passwordSetAt))
    .map(({ source, foundAt }) => ({ source, foundAt: foundAt.toISOString() }))
}

/** Whether a breach that became known at a moment asks for another password than this one. */
export function isAsked(foundAt: Date, passwordSetAt: Date): boolean {
  return foundAt > passwordSetAt
}

/** Everything that is noted of an account, for its owner. */
export async function breachesOf(
  db: Database,
  account: AccountId,
): Promise<(Asking & { readonly toldAt?: string })[]> {
  const findings = await findingsOf(db, account)
  return findings.map(({ source, foundAt, toldAt }) => ({
    source,
    foundAt: foundAt.toISOString(),
    ...(toldAt && { toldAt: toldAt.toISOString() }),
  }))
}
