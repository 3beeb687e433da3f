import { sql } from 'kysely'
import { accountId, type AccountId } from '../../protocol/ids.ts'
import type { Database } from '../tables.ts'

/** The only code that touches addresses in the database. */

export type Account = { readonly account: AccountId; readonly password: string }
export type SignUp = Account & { readonly address: string }
export type Code = { readonly code: Buffer; readonly expiresAt: Date }

export async function findAccount(db: Database, address: string): Promise<Account | undefined> {
  const row = await db
    .selectFrom('accounts')
    .select(['account', 'password'])
    .where('address', '=', address)
    .executeTakeFirst()
  return row && { account: accountId.schema.parse(row.account), password: row.password }
}

/** Makes the account of a confirmed sign-up; false when its address has an account already. */
export async function insertAccount(db: Database, signUp: SignUp, at: Date): Promise<boolean> {
  const { account, address, password } = signUp
  const row = await db
    .insertInto('accounts')
    .values({ account, address, password, created_at: at })
    .onConflict((conflict) => conflict.column('address').doNothing())
    .returning('account')
    .executeTakeFirst()
  return row !== undefined
}

export async function insertSignUp(
  db: Database,
  { account, address, password }: SignUp,
  { code, expiresAt }: Code,
  at: Date,
): Promise<void> {
  await db
    .insertInto('sign_ups')
    .values({
      account,
      address,
      password,
      code,
      code_expires_at: expiresAt,
      tries: 0,
      codes: 1,
      created_at: at,
    })
    .execute()
}

/** The newest sign-up of an address that began after a moment. */
export async function findSignUp(
  db: Database,
  address: string,
  after: Date,
): Promise<SignUp | undefined> {
  const row = await db
    .selectFrom('sign_ups')
    .select(['account', 'password'])
    .where('address', '=', address)
    .where('created_at', '>', after)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { account: accountId.schema.parse(row.account), password: row.password, address }
}

/** Replaces the code of a sign-up unless it had `most` already. Returns the address to mail to. */
export async function replaceCode(
  db: Database,
  account: AccountId,
  { code, expiresAt }: Code,
  { after, most }: { after: Date; most: number },
): Promise<string | undefined> {
  const row = await db
    .updateTable('sign_ups')
    .set({ code, code_expires_at: expiresAt, tries: 0, codes: sql`codes + 1` })
    .where('account', '=', account)
    .where('created_at', '>', after)
    .where('codes', '<', most)
    .returning('address')
    .executeTakeFirst()
  return row?.address
}

/** Counts a try before the code is looked at, so that tries at the same moment count, too. */
export async function countTry(
  db: Database,
  account: AccountId,
  { now, most }: { now: Date; most: number },
): Promise<(SignUp & { code: Buffer }) | undefined> {
  const row = await db
    .updateTable('sign_ups')
    .set({ tries: sql`tries + 1` })
    .where('account', '=', account)
    .where('code_expires_at', '>', now)
    .where('tries', '<', most)
    .returning(['address', 'password', 'code'])
    .executeTakeFirst()
  return row && { account, ...row }
}

/** Takes a sign-up away; false when somebody else just did. */
export async function deleteSignUp(db: Database, account: AccountId): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('sign_ups')
    .where('account', '=', account)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function deleteOldSignUps(db: Database, before: Date): Promise<void> {
  await db.deleteFrom('sign_ups').where('created_at', '<', before).execute()
}
