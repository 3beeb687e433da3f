import { z } from 'zod'
import type { Language } from '../../protocol/api/languages.ts'
import { accountId, type AccountId } from '../../protocol/ids.ts'
import { type Executor, statement } from '../platform/statements.ts'
import type { Database } from '../tables.ts'

/** The only code that touches in the database what was found in other people's breaches. */

/** What came of a list so far: counts, no addresses. */
export const tally = z.strictObject({
  /** Records read, and how many of them held no address. */
  read: z.int().min(0),
  noAddress: z.int().min(0),
  /** Accounts found: new ones, and those that were noted for the same source before. */
  found: z.int().min(0),
  known: z.int().min(0),
})
export type Tally = z.output<typeof tally>

/** Somebody else's breach in which an account was found. */
export type Finding = {
  /** Whose list it is, as the operator calls it; owners read it. */
  readonly source: string
  /** When it became known. */
  readonly foundAt: Date
}

/** A list that was stolen from somebody else, by the SHA-256 of its file. */
export type List = Finding & { readonly file: Uint8Array }

// Locked: an account that is deleted at this moment is either found and stays until the commit, or
// is not found.
const noted = statement<{ found: string; fresh: string }>(
  'breach-note',
  `WITH found AS (
     SELECT account FROM accounts WHERE address_index = ANY($1::bytea[]) FOR KEY SHARE
   ), fresh AS (
     INSERT INTO breached_accounts (account, source, found_at)
     SELECT account, $2, $3 FROM found ON CONFLICT DO NOTHING RETURNING account
   )
   SELECT (SELECT count(*) FROM found) AS found, (SELECT count(*) FROM fresh) AS fresh`,
)
const told = statement<{ source: string; found_at: Date }>(
  'breach-tell',
  `UPDATE breached_accounts SET told_at = $2, mail = $3
   WHERE account = $1 AND told_at IS NULL RETURNING source, found_at`,
)

/** Notes the accounts with these indexes of addresses. Returns how many there are, and are new. */
export async function noteFound(
  on: Executor,
  indexes: readonly Uint8Array[],
  { source, foundAt }: Finding,
): Promise<{ found: number; fresh: number }> {
  const [row] = await noted(on, indexes, source, foundAt)
  return { found: Number(row?.found ?? 0), fresh: Number(row?.fresh ?? 0) }
}

export async function loadTally(db: Database, { file, source }: List): Promise<Tally | undefined> {
  const row = await db
    .selectFrom('breach_lists')
    .select('tally')
    .where('file', '=', Buffer.from(file))
    .where('source', '=', source)
    .executeTakeFirst()
  return row && tally.parse(row.tally)
}

export async function saveTally(
  db: Database,
  { file, source }: List,
  counts: Tally,
  at: Date,
): Promise<void> {
  const values = { tally: JSON.stringify(counts), changed_at: at }
  await db
    .insertInto('breach_lists')
    .values({ file: Buffer.from(file), source, ...values })
    .onConflict((conflict) => conflict.columns(['file', 'source']).doUpdateSet(values))
    .execute()
}

export async function deleteTally(db: Database, { file, source }: List): Promise<void> {
  await db
    .deleteFrom('breach_lists')
    .where('file', '=', Buffer.from(file))
    .where('source', '=', source)
    .execute()
}

/** In whose breaches an account was found, the latest first. */
export async function findingsOf(
  db: Database,
  account: AccountId,
): Promise<(Finding & { readonly toldAt: Date | null })[]> {
  const rows = await db
    .selectFrom('breached_accounts')
    .select(['source', 'found_at', 'told_at'])
    .where('account', '=', account)
    .orderBy('found_at', 'desc')
    .orderBy('source')
    .execute()
  return rows.map((row) => ({ source: row.source, foundAt: row.found_at, toldAt: row.told_at }))
}

/** Somebody who is to be told, but none of `except`. */
export type Owner = {
  readonly account: AccountId
  /** Sealed. */
  readonly address: Uint8Array
  readonly language: Language
  readonly passwordSetAt: Date
}

export async function nextToTell(
  db: Database,
  except: readonly AccountId[],
): Promise<Owner | undefined> {
  const row = await db
    .selectFrom('breached_accounts')
    .innerJoin('accounts', 'accounts.account', 'breached_accounts.account')
    .select(['accounts.account', 'address', 'language', 'password_set_at'])
    .where('told_at', 'is', null)
    .$if(except.length > 0, (query) => query.where('accounts.account', 'not in', except))
    .orderBy('found_at')
    .limit(1)
    .executeTakeFirst()
  if (!row) return undefined
  const { address, language, password_set_at: passwordSetAt } = row
  return { account: accountId.schema.parse(row.account), address, language, passwordSetAt }
}

/** Notes that an owner is told of everything by one mail. Returns what of; nothing if they were. */
export async function noteTold(
  on: Executor,
  account: AccountId,
  { at, mail }: { at: Date; mail: string },
): Promise<Finding[]> {
  const rows = await told(on, account, at, mail)
  return rows.map((row) => ({ source: row.source, foundAt: row.found_at }))
}

/** How many owners were told after a moment. */
export async function countTold(db: Database, after: Date): Promise<number> {
  const { count } = await db
    .selectFrom('breached_accounts')
    .select(({ fn }) => fn.count<string>('account').distinct().as('count'))
    .where('told_at', '>', after)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Which of these mails are said in the database to have left. */
export async function mailsTold(
  db: Database,
  mails: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('breached_accounts')
    .select('mail')
    .where('mail', 'in', mails)
    .where('told_at', 'is not', null)
    .execute()
  return new Set(rows.flatMap(({ mail }) => mail ?? []))
}
