import type { HouseholdId } from '../../protocol/ids.ts'
import type { Household } from '../../protocol/log/household.ts'
import type { Log } from '../platform/log.ts'
import type { Database } from '../tables.ts'
import type { Closed, Vault } from '../vault/vault.ts'
import * as store from './store.ts'

type Parts = { readonly db: Database; readonly vault: Vault }

/** The epochs that a link closed for ever. */
export function closedEpochs(before: Household, after: Household): Closed[] {
  return [...after.principals.values()].flatMap((principal) => {
    const { id, open: below } = principal
    const known = before.principals.get(id)
    return known && below > known.open ? [{ principal: id, below }] : []
  })
}

/**
 * Destroys the shred keys of a household's closed epochs, after the commit that closed them: keys
 * cannot be rolled back. Repeatable: what fails or is cut off here is done when the link is sent
 * again, or at the next start.
 */
export async function destroyClosed({ db, vault }: Parts, household: HouseholdId): Promise<void> {
  const closed = await store.readUndestroyed(db, household)
  if (closed.length === 0) return
  await vault.closeEpochs(household, closed)
  for (const one of closed) await store.setDestroyed(db, household, one)
}

/** As {@link destroyClosed}, for whatever an earlier process left undone. */
export async function destroyAllClosed(parts: Parts, log: Log): Promise<void> {
  const left = await store.readUndestroyed(parts.db)
  for (const household of new Set(left.map((one) => one.household))) {
    await destroyClosed(parts, household).catch((error: unknown) => {
      log.error({ err: error, household }, 'shred keys could not be destroyed')
    })
  }
}
