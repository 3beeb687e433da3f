import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { accountId, type AccountId } from '../../protocol/ids.ts'
import type { Database } from '../tables.ts'

/** Locks an account until the transaction ends: changes of its factors come one after another. */
export async function lockAccount(db: Database, account: AccountId): Promise<void> {
  await db
    .selectFrom('accounts')
    .select('account')
    .where('account', '=', account)
    .forUpdate()
    .execute()
}

/** The sealed hash of an account's password, and when that was chosen. */
export async function findPassword(
  db: Database,
  account: AccountId,
): Promise<{ sealed: Uint8Array; setAt: Date } | undefined> {
  const row = await db
    .selectFrom('accounts')
    .select(['password', 'password_set_at'])
    .where('account', '=', account)
    .executeTakeFirst()
  return row && { sealed: row.password, setAt: row.password_set_at }
}

/** How many factors of each kind an account has. */
export async function countFactors(
  db: Database,
  account: AccountId,
): Promise<{ totp: number; passkeys: number; recoveryCodes: number }> {
  const count = (table: 'totp' | 'passkeys' | 'recovery_codes') =>
    db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('account', '=', account)
      .as(table)
  const row = await db
    .selectFrom([count('totp'), count('passkeys'), count('recovery_codes')])
    .select(['totp.count as totp', 'passkeys.count as passkeys'])
    .select('recovery_codes.count as codes')
    .executeTakeFirstOrThrow()
  const [totp, passkeys, recoveryCodes] = [row.totp, row.passkeys, row.codes].map(Number)
  return { totp: totp ?? 0, passkeys: passkeys ?? 0, recoveryCodes: recoveryCodes ?? 0 }
}

/** Keeps a sign-in whose second factor is awaited, and forgets those that nobody completed. */
export async function insertPending(
  db: Database,
  pending: { token: Buffer; account: AccountId; expiresAt: Date },
  now: Date,
): Promise<void> {
  const { token, account, expiresAt } = pending
  await db.deleteFrom('pending_sign_ins').where('expires_at', '<=', now).execute()
  await db
    .insertInto('pending_sign_ins')
    .values({ token, account, tries: 0, expires_at: expiresAt })
    .execute()
}

/** Which sign-ins still wait: how long they may, and for how many tries. */
export type Waiting = { readonly now: Date; readonly ms: number; readonly most: number }

/** Whose sign-in waits under a token. */
export async function findPending(
  db: Database,
  token: Buffer,
  waiting: Waiting,
): Promise<AccountId | undefined> {
  const row = await db
    .selectFrom('pending_sign_ins')
    .select('account')
    .where('token', '=', token)
    .where(stillWaits(waiting))
    .executeTakeFirst()
  return row && accountId.schema.parse(row.account)
}

/** Counts a try before anything is looked at, so that tries at the same moment count, too. */
export async function countPendingTry(
  db: Database,
  token: Buffer,
  waiting: Waiting,
): Promise<AccountId | undefined> {
  const row = await db
    .updateTable('pending_sign_ins')
    .set({ tries: sql`tries + 1` })
    .where('token', '=', token)
    .where(stillWaits(waiting))
    .returning('account')
    .executeTakeFirst()
  return row && accountId.schema.parse(row.account)
}

/** A password that was changed meanwhile ends every sign-in that it began. */
function stillWaits({ now, ms, most }: Waiting): RawBuilder<SqlBool> {
  return sql`pending_sign_ins.expires_at > ${now} AND pending_sign_ins.tries < ${most}
    AND EXISTS (
      SELECT FROM accounts WHERE accounts.account = pending_sign_ins.account
        AND accounts.password_set_at <= pending_sign_ins.expires_at - ${ms} * interval '1 ms'
    )`
}

/** False when it was taken away already. */
export async function deletePending(db: Database, token: Buffer): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('pending_sign_ins')
    .where('token', '=', token)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** No sign-in waits any more, of any account. */
export async function deleteEveryPending(db: Database): Promise<void> {
  await db.deleteFrom('pending_sign_ins').execute()
}

/** Sign-ins that wait were begun with a password; when that changes, they end. */
export async function deletePendingOf(db: Database, account: AccountId): Promise<void> {
  await db.deleteFrom('pending_sign_ins').where('account', '=', account).execute()
}

/** Replaces all recovery codes of an account. */
export async function replaceRecoveryCodes(
  db: Database,
  account: AccountId,
  codes: readonly Buffer[],
): Promise<void> {
  await db.deleteFrom('recovery_codes').where('account', '=', account).execute()
  if (codes.length === 0) return
  await db
    .insertInto('recovery_codes')
    .values(codes.map((code) => ({ account, code })))
    .execute()
}

/** Uses a recovery code up; false when there is none such (any more). */
export async function takeRecoveryCode(
  db: Database,
  account: AccountId,
  code: Buffer,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('recovery_codes')
    .where('account', '=', account)
    .where('code', '=', code)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** When a session began, and whether with a second factor or a passkey: that is its proof. */
export async function findBeginning(
  db: Database,
  session: Buffer,
): Promise<{ at: Date; inFull: boolean } | undefined> {
  const row = await db
    .selectFrom('sessions')
    .select(['created_at', 'in_full'])
    .where('token', '=', session)
    .executeTakeFirst()
  return row && { at: row.created_at, inFull: row.in_full }
}

/** Its person showed a factor after it began. */
export async function noteInFull(db: Database, session: Buffer): Promise<void> {
  await db.updateTable('sessions').set({ in_full: true }).where('token', '=', session).execute()
}
