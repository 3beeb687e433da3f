import { currentSession, signOut } from '../../protocol/api/accounts.ts'
import {
  addPasskey,
  addTotp,
  beginPasskey,
  beginTotp,
  listFactors,
  proveByPassword,
} from '../../protocol/api/factors.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { AccountId } from '../../protocol/ids.ts'
import type { Factors } from './parts.ts'
import { countFactors } from './store.ts'

/** What adding a factor takes, and leaving. */
const OPEN: ReadonlySet<string> = new Set(
  [
    currentSession,
    signOut,
    listFactors,
    proveByPassword,
    beginTotp,
    addTotp,
    beginPasskey,
    addPasskey,
  ].map(({ id }) => id),
)

/**
 * Where everybody needs a second factor, an account without one may add one and nothing else: throws
 * `second-factor-required` for every other route, named by its id.
 */
export async function requireAdded(
  { db, required }: Pick<Factors, 'db' | 'required'>,
  account: AccountId,
  route: string,
): Promise<void> {
  if (!required || OPEN.has(route)) return
  const { totp, passkeys } = await countFactors(db, account)
  if (totp + passkeys === 0) throw new PawpostError('second-factor-required')
}
