import type { AccountId } from '../../protocol/ids.ts'
import { deleteEveryPending, deletePendingOf } from '../factors/factors.ts'
import type { Database } from '../tables.ts'
import { forgetBrowsers } from './browsers.ts'
import { deleteAll, deleteEverybodys } from './store.ts'

/** What whoever runs the service may do to sessions: end them. */

/**
 * Ends all sessions of an account and every sign-in to it that waits, and forgets its browsers.
 * Returns how many sessions there were; undefined if there is no such account.
 */
export function endSessionsOf(db: Database, account: AccountId): Promise<number | undefined> {
  return db.transaction().execute(async (within) => {
    const found = await within
      .selectFrom('accounts')
      .select('account')
      .where('account', '=', account)
      .executeTakeFirst()
    if (!found) return undefined
    await deletePendingOf(within, account)
    await forgetBrowsers(within, account)
    return deleteAll(within, account)
  })
}

/**
 * Ends the sessions of everybody, and every sign-in that waits. Returns how many sessions there
 * were. Browsers stay known: they open nothing, and keep strangers from locking anybody out.
 */
export function endEverySession(db: Database): Promise<number> {
  return db.transaction().execute(async (within) => {
    await deleteEveryPending(within)
    return deleteEverybodys(within)
  })
}
