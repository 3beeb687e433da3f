import { sql } from 'kysely'
import { accountId, type AccountId } from '../../protocol/ids.ts'
import type { Database } from '../tables.ts'

/** What is counted, and where it lies. */
const TABLES = {
  accounts: 'accounts',
  sessions: 'sessions',
  browsers: 'known_browsers',
  mailedCodes: 'mailed_codes',
  trustedDevices: 'trusted_devices',
  addressBreaches: 'breached_accounts',
} as const

/** What an account takes with it: counts for its owner. */
export async function countOf(
  db: Database,
  account: AccountId,
): Promise<Record<keyof typeof TABLES, number>> {
  const counts: [string, number][] = []
  for (const [name, table] of Object.entries(TABLES)) {
    const { count } = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('account', '=', account)
      .executeTakeFirstOrThrow()
    counts.push([name, Number(count)])
  }
  return Object.fromEntries(counts) as Record<keyof typeof TABLES, number>
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
