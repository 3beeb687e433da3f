import { sql } from 'kysely'
import { accountId, type AccountId } from '../../protocol/ids.ts'
import type { Database } from '../tables.ts'

/** What an account takes with it: counts for its owner. */
export async function countOf(
  db: Database,
  account: AccountId,
): Promise<
  Record<'accounts' | 'sessions' | 'browsers' | 'mailedCodes' | 'trustedDevices', number>
> {
  const count = (
    table: 'accounts' | 'sessions' | 'known_browsers' | 'mailed_codes' | 'trusted_devices',
  ) =>
    db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('account', '=', account)
      .executeTakeFirstOrThrow()
  const [accounts, sessions, browsers, codes, devices] = [
    await count('accounts'),
    await count('sessions'),
    await count('known_browsers'),
    await count('mailed_codes'),
    await count('trusted_devices'),
  ].map(({ count: rows }) => Number(rows))
  return {
    accounts: accounts ?? 0,
    sessions: sessions ?? 0,
    browsers: browsers ?? 0,
    mailedCodes: codes ?? 0,
    trustedDevices: devices ?? 0,
  }
}

/** Deletes all rows of an account, and of sign-ups for its address; notes whose keys are to go. */
export async function removeAccount(db: Database, account: AccountId): Promise<void> {
  await sql`SELECT delete_account(${account})`.execute(db)
}

export async function findLeavers(db: Database): Promise<AccountId[]> {
  const rows = await db.selectFrom('leavers').selectAll().execute()
  return rows.map(({ account }) => accountId.schema.parse(account))
}

export async function deleteLeavers(db: Database, accounts: readonly AccountId[]): Promise<void> {
  await db.deleteFrom('leavers').where('account', 'in', accounts).execute()
}
