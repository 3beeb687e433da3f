import { sql } from 'kysely'
import type { Language } from '../../protocol/api/languages.ts'
import { accountId, type AccountId } from '../../protocol/ids.ts'
import type { Database } from '../tables.ts'
import type { BlindIndex } from '../vault/vault.ts'

/** The only code that touches accounts in the database: sealed values, and indexes of addresses. */

type Kept = { readonly account: AccountId; readonly password: Uint8Array }
export type Account = Kept & { readonly passwordSetAt: Date; readonly language: Language }
export type SignUp = Kept & { readonly address: Uint8Array }
/** A sign-up and whether its password is good enough to be the only proof. */
export type JudgedSignUp = SignUp & { readonly alone: boolean }
export type Code = { readonly code: Buffer; readonly expiresAt: Date }

/** Every index that an address may be found by, the newest first. */
export type Indexes = readonly BlindIndex[]

export async function findAccount(db: Database, indexes: Indexes): Promise<Account | undefined> {
  const row = await db
    .selectFrom('accounts')
    .select(['account', 'password', 'password_set_at', 'language'])
    .where('address_index', 'in', valuesOf(indexes))
    .executeTakeFirst()
  if (!row) return undefined
  const { password, password_set_at: passwordSetAt, language } = row
  return { account: accountId.schema.parse(row.account), password, passwordSetAt, language }
}

/** Where an owner is written to, sealed, and in which language. */
export type Owner = { readonly address: Uint8Array; readonly language: Language }

export async function findOwner(db: Database, account: AccountId): Promise<Owner | undefined> {
  return db
    .selectFrom('accounts')
    .select(['address', 'language'])
    .where('account', '=', account)
    .executeTakeFirst()
}

/** Remembers in which language the owner of an account is written to. */
export async function noteLanguage(
  db: Database,
  account: AccountId,
  language: Language,
): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ language })
    .where('account', '=', account)
    .where('language', '<>', language)
    .execute()
}

/** Makes the account of a confirmed sign-up; false when its address has an account already. */
export async function insertAccount(
  db: Database,
  { account, address, password, alone }: JudgedSignUp,
  indexes: Indexes,
  at: Date,
): Promise<boolean> {
  const [newest] = indexes
  if (!newest || (await findAccount(db, indexes))) return false
  const row = await db
    .insertInto('accounts')
    .values({
      account,
      address_index: Buffer.from(newest.index),
      index_kv: newest.kv,
      address: Buffer.from(address),
      password: Buffer.from(password),
      password_alone: alone,
      password_set_at: at,
      created_at: at,
    })
    .onConflict((conflict) => conflict.column('address_index').doNothing())
    .returning('account')
    .executeTakeFirst()
  return row !== undefined
}

/** Keeps a hash of the same password, made in a newer way; nothing if there is another since. */
export async function replaceHash(
  db: Database,
  { account, password }: Kept,
  renewed: Uint8Array,
): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ password: Buffer.from(renewed) })
    .where('account', '=', account)
    .where('password', '=', Buffer.from(password))
    .execute()
}

export async function insertSignUp(
  db: Database,
  { account, address, password, alone, index }: JudgedSignUp & { index: Uint8Array },
  { code, expiresAt }: Code,
  at: Date,
): Promise<void> {
  await db
    .insertInto('sign_ups')
    .values({
      account,
      address_index: Buffer.from(index),
      address: Buffer.from(address),
      password: Buffer.from(password),
      password_alone: alone,
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
  indexes: Indexes,
  after: Date,
): Promise<SignUp | undefined> {
  const row = await db
    .selectFrom('sign_ups')
    .select(['account', 'address', 'password'])
    .where('address_index', 'in', valuesOf(indexes))
    .where('created_at', '>', after)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { ...row, account: accountId.schema.parse(row.account) }
}

/** Replaces the code of a sign-up unless it had `most` already. Returns the sealed address. */
export async function replaceCode(
  db: Database,
  account: AccountId,
  { code, expiresAt }: Code,
  { after, most }: { after: Date; most: number },
): Promise<Uint8Array | undefined> {
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
): Promise<(JudgedSignUp & { code: Buffer }) | undefined> {
  const row = await db
    .updateTable('sign_ups')
    .set({ tries: sql`tries + 1` })
    .where('account', '=', account)
    .where('code_expires_at', '>', now)
    .where('tries', '<', most)
    .returning(['address', 'password', 'password_alone as alone', 'code'])
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

/** Deletes the sign-ups that began before a moment. Returns whose they were. */
export async function deleteOldSignUps(db: Database, before: Date): Promise<AccountId[]> {
  const rows = await db
    .deleteFrom('sign_ups')
    .where('created_at', '<', before)
    .returning('account')
    .execute()
  return rows.map(({ account }) => accountId.schema.parse(account))
}

function valuesOf(indexes: Indexes): Buffer[] {
  return indexes.map(({ index }) => Buffer.from(index))
}
