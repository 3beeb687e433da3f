import { sql } from 'kysely'
import type { Language } from '../../protocol/api/languages.ts'
import { accountId, type AccountId } from '../../protocol/ids.ts'
import type { Database } from '../tables.ts'

/** What the database keeps of an account's password, and the codes that were mailed for it. */

export type Kept = {
  /** Sealed, both. */
  readonly address: Uint8Array
  readonly password: Uint8Array
  readonly passwordSetAt: Date
  readonly breached: boolean | null
  readonly language: Language
  readonly createdAt: Date
}

export async function findKept(db: Database, account: AccountId): Promise<Kept | undefined> {
  const row = await db
    .selectFrom('accounts')
    .selectAll()
    .where('account', '=', account)
    .executeTakeFirst()
  if (!row) return undefined
  const { address, password, language } = row
  const times = { passwordSetAt: row.password_set_at, createdAt: row.created_at }
  return { address, password, language, breached: row.password_breached, ...times }
}

export type NewPassword = {
  /** The sealed hash. */
  readonly password: Uint8Array
  readonly at: Date
  readonly breached: boolean | null
  readonly alone: boolean
}

export async function replacePassword(
  db: Database,
  account: AccountId,
  { password, at, breached, alone }: NewPassword,
): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ password: Buffer.from(password), password_set_at: at, failures: 0 })
    .set({ password_breached: breached, password_alone: alone })
    .where('account', '=', account)
    .execute()
}

/** Whether the password of an account is good enough to be the only proof. */
export async function standsAlone(db: Database, account: AccountId): Promise<boolean> {
  const row = await db
    .selectFrom('accounts')
    .select('password_alone')
    .where('account', '=', account)
    .executeTakeFirst()
  return row?.password_alone ?? false
}

/** A password that was judged: the account's, if it was not replaced since. */
export type Judged = { readonly account: AccountId; readonly passwordSetAt: Date }

/** Notes that the password is long enough to stand alone. */
export async function noteAlone(db: Database, { account, passwordSetAt }: Judged): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ password_alone: true })
    .where('account', '=', account)
    .where('password_set_at', '=', passwordSetAt)
    .where('password_alone', '=', false)
    .execute()
}

/** Notes what a list said of the password. False when it was known, or is of one no longer. */
export async function noteBreached(
  db: Database,
  { account, passwordSetAt }: Judged,
  breached: boolean,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('accounts')
    .set({ password_breached: breached })
    .where('account', '=', account)
    .where('password_set_at', '=', passwordSetAt)
    .where('password_breached', 'is distinct from', breached)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Counts a failure before the password is looked at; false when there were `most` in a row. */
export async function countFailure(
  db: Database,
  account: AccountId,
  most: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('accounts')
    .set({ failures: sql`failures + 1` })
    .where('account', '=', account)
    .where('failures', '<', most)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function forgiveFailures(db: Database, account: AccountId): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ failures: 0 })
    .where('account', '=', account)
    .where('failures', '>', 0)
    .execute()
}

export type Purpose = 'reset' | 'unblock'
export type MailedCode = { readonly code: Buffer; readonly purpose: Purpose }

/** Keeps the hash of a code that is mailed, and forgets those that are too old. */
export async function insertMailedCode(
  db: Database,
  account: AccountId,
  { code, purpose }: MailedCode,
  { now, expiresAt }: { now: Date; expiresAt: Date },
): Promise<void> {
  await db.deleteFrom('mailed_codes').where('expires_at', '<=', now).execute()
  await db
    .insertInto('mailed_codes')
    .values({ code, account, purpose, expires_at: expiresAt })
    .execute()
}

/** Whose code it is, without using it up. */
export async function findMailedCode(
  db: Database,
  { code, purpose }: MailedCode,
  now: Date,
): Promise<AccountId | undefined> {
  const row = await db
    .selectFrom('mailed_codes')
    .select('account')
    .where('code', '=', code)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row && accountId.schema.parse(row.account)
}

/** Uses a code up. Returns whose it was; undefined when somebody else was faster. */
export async function takeMailedCode(
  db: Database,
  { code, purpose }: MailedCode,
  now: Date,
): Promise<AccountId | undefined> {
  const row = await db
    .deleteFrom('mailed_codes')
    .where('code', '=', code)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now)
    .returning('account')
    .executeTakeFirst()
  return row && accountId.schema.parse(row.account)
}

export async function deleteMailedCodes(db: Database, account: AccountId): Promise<void> {
  await db.deleteFrom('mailed_codes').where('account', '=', account).execute()
}
