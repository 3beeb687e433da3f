import { sql } from 'kysely'
import type { AccountId } from '../../protocol/ids.ts'
import type { Database } from '../tables.ts'

/** Wrong codes in a row before a wait; after so many, none is tried any more. */
export type TotpLimit = { readonly free: number; readonly most: number; readonly before: Date }

/** When the authenticator app was added. */
export async function findTotp(
  db: Database,
  account: AccountId,
): Promise<{ addedAt: Date } | undefined> {
  const row = await db
    .selectFrom('totp')
    .select('added_at')
    .where('account', '=', account)
    .executeTakeFirst()
  return row && { addedAt: row.added_at }
}

/**
 * Counts a try as wrong before the code is looked at, so that tries at the same moment count, too.
 * Undefined when there is no app, or when it was guessed at too often and too lately.
 */
export async function countTotpTry(
  db: Database,
  account: AccountId,
  now: Date,
  { free, most, before }: TotpLimit,
): Promise<{ secret: Uint8Array; lastStep: number } | undefined> {
  const row = await db
    .updateTable('totp')
    .set({ failures: sql`failures + 1`, tried_at: now })
    .where('account', '=', account)
    .where('failures', '<', most)
    .where((each) => each.or([each('failures', '<', free), each('tried_at', '<=', before)]))
    .returning(['secret', 'last_step'])
    .executeTakeFirst()
  return row && { secret: row.secret, lastStep: row.last_step }
}

/** Notes an accepted step; false when somebody else used it, or a later one, at this moment. */
export async function acceptStep(db: Database, account: AccountId, step: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('totp')
    .set({ last_step: step, failures: 0 })
    .where('account', '=', account)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Another factor proved that guesses were not the owner's: they count from zero again. */
export async function forgiveTotp(db: Database, account: AccountId): Promise<void> {
  await db.updateTable('totp').set({ failures: 0 }).where('account', '=', account).execute()
}

export async function putEnrolment(
  db: Database,
  account: AccountId,
  { secret, expiresAt }: { secret: Uint8Array; expiresAt: Date },
  now: Date,
): Promise<void> {
  const kept = { secret: Buffer.from(secret), expires_at: expiresAt }
  await db.deleteFrom('totp_enrolments').where('expires_at', '<=', now).execute()
  await db
    .insertInto('totp_enrolments')
    .values({ account, ...kept })
    .onConflict((conflict) => conflict.column('account').doUpdateSet(kept))
    .execute()
}

export async function findEnrolment(
  db: Database,
  account: AccountId,
  now: Date,
): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('totp_enrolments')
    .select('secret')
    .where('account', '=', account)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row?.secret
}

/** Makes the enrolled secret the one that counts; false when it is not waiting any more. */
export async function settleEnrolment(
  db: Database,
  account: AccountId,
  { secret, step, now }: { secret: Uint8Array; step: number; now: Date },
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('totp_enrolments')
    .where('account', '=', account)
    .where('secret', '=', Buffer.from(secret))
    .executeTakeFirst()
  if (numDeletedRows === 0n) return false
  const kept = {
    secret: Buffer.from(secret),
    last_step: step,
    failures: 0,
    tried_at: now,
    added_at: now,
  }
  await db
    .insertInto('totp')
    .values({ account, ...kept })
    .onConflict((conflict) => conflict.column('account').doUpdateSet(kept))
    .execute()
  return true
}

export async function deleteTotp(db: Database, account: AccountId): Promise<boolean> {
  await db.deleteFrom('totp_enrolments').where('account', '=', account).execute()
  const { numDeletedRows } = await db
    .deleteFrom('totp')
    .where('account', '=', account)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
