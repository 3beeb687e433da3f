import { PawpostError } from '../../protocol/errors.ts'
import type { AccountId } from '../../protocol/ids.ts'
import type { Database } from '../tables.ts'
import * as store from './store.ts'

/**
 * Recovery cards that passkeys keep. The server holds what opens with the passkey alone, and only
 * for passkeys of the account; a passkey that is removed takes its card along.
 */

export function listWrappedCards(db: Database, account: AccountId): Promise<store.WrappedCard[]> {
  return store.readWrappedCards(db, account)
}

/** Throws `not-found` for what is no passkey of the account. */
export async function putWrappedCard(
  db: Database,
  account: AccountId,
  card: store.WrappedCard,
): Promise<void> {
  if (!(await store.putWrappedCard(db, account, card))) throw new PawpostError('not-found')
}

export async function removeWrappedCard(
  db: Database,
  account: AccountId,
  credential: Uint8Array,
): Promise<void> {
  await store.deleteWrappedCard(db, account, credential)
}
