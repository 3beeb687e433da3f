import { sql } from 'kysely'
import { accountId, type AccountId } from '../../protocol/ids.ts'
import type { Database } from '../tables.ts'

export type StoredSession = {
  readonly token: Buffer
  readonly account: AccountId
  readonly createdAt: Date
  readonly seenAt: Date
  /** The truncated network it began in, and the family of its browser; empty if not known. */
  readonly place: string
  readonly browser: string
}
/** What a session begins with: in full is a second factor that was shown, or a passkey. */
export type NewSession = StoredSession & {
  readonly inFull: boolean
  /** The device that is pushed to in it, as in the session before it. */
  readonly deviceTag: Buffer | null
}
type Limits = { readonly seenBefore: Date; readonly createdBefore: Date }

export async function insertSession(db: Database, session: NewSession): Promise<void> {
  const { token, account, createdAt, seenAt, place, browser, inFull, deviceTag } = session
  const times = { created_at: createdAt, seen_at: seenAt }
  await db
    .insertInto('sessions')
    .values({ token, account, ...times, place, browser, in_full: inFull, device_tag: deviceTag })
    .execute()
}

/**
 * Holds the password of an account until the transaction ends: whoever replaces it, and ends the
 * sessions with it, comes before or after. False if it is another one than that of a moment.
 */
export async function holdPassword(
  within: Database,
  { account }: { account: AccountId },
  setAt: Date,
): Promise<boolean> {
  const row = await within
    .selectFrom('accounts')
    .select('password_set_at')
    .where('account', '=', account)
    .forShare()
    .executeTakeFirst()
  return row?.password_set_at.getTime() === setAt.getTime()
}

export async function findSession(db: Database, token: Buffer): Promise<StoredSession | undefined> {
  const row = await db
    .selectFrom('sessions')
    .selectAll()
    .where('token', '=', token)
    .executeTakeFirst()
  return row && sessionOf(row)
}

/** The sessions of an account, the newest first. */
export async function listSessions(db: Database, account: AccountId): Promise<StoredSession[]> {
  const rows = await db
    .selectFrom('sessions')
    .selectAll()
    .where('account', '=', account)
    .orderBy('created_at', 'desc')
    .execute()
  return rows.map(sessionOf)
}

type Row = {
  token: Buffer
  account: string
  created_at: Date
  seen_at: Date
  place: string
  browser: string
}

function sessionOf({ token, account, created_at, seen_at, place, browser }: Row): StoredSession {
  const owner = accountId.schema.parse(account)
  return { token, account: owner, createdAt: created_at, seenAt: seen_at, place, browser }
}

export async function touchSession(db: Database, token: Buffer, seenAt: Date): Promise<void> {
  await db.updateTable('sessions').set({ seen_at: seenAt }).where('token', '=', token).execute()
}

/** Deletes a session. Gives whose it was, and the device that was pushed to in it. */
export async function deleteSession(
  db: Database,
  token: Buffer,
): Promise<Pick<NewSession, 'account' | 'deviceTag'> | undefined> {
  const row = await db
    .deleteFrom('sessions')
    .where('token', '=', token)
    .returning(['account', 'device_tag'])
    .executeTakeFirst()
  return row && { account: accountId.schema.parse(row.account), deviceTag: row.device_tag }
}

/** Deletes the session of an account whose token's hash begins with these bytes. */
export async function deleteNamed(db: Database, account: AccountId, name: Buffer): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where('account', '=', account)
    .where(sql<Buffer>`substring(token for 16)`, '=', name)
    .execute()
}

/** Deletes the sessions of an account but one. Returns how many. */
export async function deleteAll(db: Database, account: AccountId, but?: Buffer): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('account', '=', account)
    .$if(but !== undefined, (query) => query.where('token', '<>', but ?? Buffer.alloc(0)))
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Deletes the sessions of all accounts. Returns how many. */
export async function deleteEverybodys(db: Database): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('sessions').executeTakeFirst()
  return Number(numDeletedRows)
}

/**
 * Deletes the sessions of an account that were last seen, or begun, before these moments, and the
 * oldest of more than `most`.
 */
export async function deleteOldSessions(
  db: Database,
  account: AccountId,
  { seenBefore, createdBefore, most }: Limits & { most: number },
): Promise<void> {
  const kept = db
    .selectFrom('sessions')
    .select('token')
    .where('account', '=', account)
    .where('seen_at', '>=', seenBefore)
    .where('created_at', '>=', createdBefore)
    .orderBy('created_at', 'desc')
    .limit(most)
  await db
    .deleteFrom('sessions')
    .where('account', '=', account)
    .where('token', 'not in', kept)
    .execute()
}
