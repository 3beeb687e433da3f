import type { Household } from '../../protocol/log/household.ts'
import { dropClosed } from '../space/space.ts'
import type { Database } from '../tables.ts'
import type { Closed, WrapVault } from '../vault/vault.ts'
import * as store from './store.ts'

/** The epochs that a link closed for ever. */
export function closedEpochs(before: Household, after: Household): Closed[] {
  return [...after.principals.values()].flatMap((principal) => {
    const { id, open: below } = principal
    const known = before.principals.get(id)
    return known && below > known.open ? [{ principal: id, below }] : []
  })
}

/**
 * Destroys the shred keys of a household's closed epochs, and deletes what they opened, after the commit that closed them: keys
 * cannot be rolled back. Only its verified log can order that, nobody who merely writes to the
 * database. Repeatable: what fails or is cut off here is done when the link is sent again, or at the
 * next start.
 */
export async function destroyClosed(
  { db, vault }: { db: Database; vault: WrapVault },
  household: Household,
): Promise<void> {
  const noted = await store.readUndestroyed(db, household.id)
  const closed = noted.filter(({ principal, below }) => {
    const known = household.principals.get(principal)
    return known !== undefined && below <= known.open
  })
  if (closed.length === 0) return
  await vault.closeEpochs(household.id, closed)
  await dropClosed(db, household)
  for (const one of closed) await store.setDestroyed(db, household.id, one)
}
