import { accountId, type AccountId } from '../../protocol/ids.ts'
import type { Database } from '../tables.ts'

export type StoredSession = {
  readonly token: Buffer
  readonly account: AccountId
  readonly createdAt: Date
  readonly seenAt: Date
}

export async function insertSession(db: Database, session: StoredSession): Promise<void> {
  const { token, account, createdAt, seenAt } = session
  await db
    .insertInto('sessions')
    .values({ token, account, created_at: createdAt, seen_at: seenAt })
    .execute()
}

export async function findSession(db: Database, token: Buffer): Promise<StoredSession | undefined> {
  const row = await db
    .selectFrom('sessions')
    .selectAll()
    .where('token', '=', token)
    .executeTakeFirst()
  if (!row) return undefined
  const account = accountId.schema.parse(row.account)
  return { token: row.token, account, createdAt: row.created_at, seenAt: row.seen_at }
}

export async function touchSession(db: Database, token: Buffer, seenAt: Date): Promise<void> {
  await db.updateTable('sessions').set({ seen_at: seenAt }).where('token', '=', token).execute()
}

export async function deleteSession(db: Database, token: Buffer): Promise<void> {
  await db.deleteFrom('sessions').where('token', '=', token).execute()
}

/** Deletes the sessions of an account that were last seen, or begun, before these moments. */
export async function deleteOldSessions(
  db: Database,
  account: AccountId,
  { seenBefore, createdBefore }: { seenBefore: Date; createdBefore: Date },
): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where('account', '=', account)
    .where((each) =>
      each.or([each('seen_at', '<', seenBefore), each('created_at', '<', createdBefore)]),
    )
    .execute()
}
