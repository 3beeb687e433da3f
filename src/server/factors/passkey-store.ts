import { accountId, type AccountId } from '../../protocol/ids.ts'
import type { Database } from '../tables.ts'

/** What challenges are asked for. */
export type Purpose = 'add' | 'sign-in' | 'complete' | 'prove'

/** A challenge's hash, what it is good for, and the hash of the token of whom it was made for. */
export type Challenge = {
  readonly challenge: Buffer
  readonly purpose: Purpose
  readonly holder: Buffer
}

/** What the authenticator told of a credential that it made. */
export type NewPasskey = {
  readonly credential: Buffer
  readonly publicKey: Uint8Array
  readonly counter: number
  readonly transports: readonly string[]
  readonly synced: boolean
}
export type Passkey = NewPasskey & {
  readonly account: AccountId
  /** Names it among those of its account. */
  readonly passkey: Buffer
  readonly addedAt: Date
  readonly usedOn: Date | null
}

/** Keeps a challenge instead of an earlier one for the same, and forgets those that are over. */
export async function putChallenge(
  db: Database,
  { challenge, purpose, holder }: Challenge,
  { now, expiresAt }: { now: Date; expiresAt: Date },
): Promise<void> {
  await db.deleteFrom('passkey_challenges').where('expires_at', '<=', now).execute()
  await db
    .insertInto('passkey_challenges')
    .values({ challenge, purpose, holder, expires_at: expiresAt })
    .onConflict((conflict) =>
      conflict.columns(['holder', 'purpose']).doUpdateSet({ challenge, expires_at: expiresAt }),
    )
    .execute()
}

/** Uses a challenge up; false when there is none such (any more). */
export async function takeChallenge(
  db: Database,
  { challenge, purpose, holder }: Challenge,
  now: Date,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('passkey_challenges')
    .where('challenge', '=', challenge)
    .where('purpose', '=', purpose)
    .where('holder', '=', holder)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** What authenticators know an account by; `fresh` becomes it if there is none yet. */
export async function ensureHandle(
  db: Database,
  account: AccountId,
  fresh: Buffer,
): Promise<Buffer> {
  await db
    .insertInto('passkey_handles')
    .values({ account, handle: fresh })
    .onConflict((conflict) => conflict.column('account').doNothing())
    .execute()
  return (await findHandle(db, account)) ?? fresh
}

export async function findHandle(db: Database, account: AccountId): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('passkey_handles')
    .select('handle')
    .where('account', '=', account)
    .executeTakeFirst()
  return row?.handle
}

/** The passkeys of an account, oldest first. */
export async function findPasskeys(db: Database, account: AccountId): Promise<Passkey[]> {
  const rows = await db
    .selectFrom('passkeys')
    .selectAll()
    .where('account', '=', account)
    .orderBy('added_at')
    .orderBy('passkey')
    .execute()
  return rows.map(passkeyOf)
}

export async function findPasskey(db: Database, credential: Buffer): Promise<Passkey | undefined> {
  const row = await db
    .selectFrom('passkeys')
    .selectAll()
    .where('credential', '=', credential)
    .executeTakeFirst()
  return row && passkeyOf(row)
}

/** False when a credential of this id is here already, whoever's it is. */
export async function insertPasskey(
  db: Database,
  added: NewPasskey & { account: AccountId; passkey: Buffer; addedAt: Date },
): Promise<boolean> {
  const { credential, account, passkey, publicKey, counter, transports, synced, addedAt } = added
  const row = await db
    .insertInto('passkeys')
    .values({
      credential,
      account,
      passkey,
      public_key: Buffer.from(publicKey),
      counter,
      transports: [...transports],
      synced,
      added_at: addedAt,
      used_on: null,
    })
    .onConflict((conflict) => conflict.column('credential').doNothing())
    .returning('credential')
    .executeTakeFirst()
  return row !== undefined
}

/** Notes a use; false when the counter did not grow since (WebAuthn level 3 section 6.1.1). */
export async function notePasskeyUse(
  db: Database,
  credential: Buffer,
  { counter, synced, day }: { counter: number; synced: boolean; day: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('passkeys')
    .set({ counter, synced, used_on: day })
    .where('credential', '=', credential)
    .where((each) =>
      counter === 0 ? each('counter', '=', '0') : each('counter', '<', String(counter)),
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function deletePasskey(
  db: Database,
  account: AccountId,
  passkey: Buffer,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('passkeys')
    .where('account', '=', account)
    .where('passkey', '=', passkey)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

type Row = {
  credential: Buffer
  account: string
  passkey: Buffer
  public_key: Buffer
  counter: string
  transports: string[]
  synced: boolean
  added_at: Date
  used_on: Date | null
}

function passkeyOf({ public_key, added_at, used_on, ...row }: Row): Passkey {
  return {
    ...row,
    account: accountId.schema.parse(row.account),
    counter: Number(row.counter),
    publicKey: public_key,
    addedAt: added_at,
    usedOn: used_on,
  }
}
