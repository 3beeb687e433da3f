import { accountId, type AccountId } from '../../protocol/ids.ts'
import { statement, type Executor } from '../platform/statements.ts'
import type { SealedAccount } from '../vault/vault.ts'
import type { Progress } from './imports.ts'

/** The only code that touches in the database what was imported. A batch is one statement. */

export type ImportedRow = SealedAccount & {
  readonly tag: Uint8Array
  readonly at: Date
  readonly passwordSetAt: Date
}
export type InvitationRow = {
  readonly account: AccountId
  readonly tag: Uint8Array
  readonly address: Uint8Array
}
type FileRow = { records: string; tally: unknown; done: boolean; reserved: string[] }

const fileNew = statement(
  'import-new',
  `INSERT INTO imports (file, kind, records, done, reserved) VALUES ($1, $2, 0, false, $3)`,
)
const fileOf = statement<FileRow>(
  'import-of',
  `SELECT records, tally, done, reserved FROM imports WHERE file = $1`,
)
const fileSaved = statement(
  'import-saved',
  `UPDATE imports SET records = $2, tally = $3, done = $4, reserved = coalesce($5, reserved),
     changed_at = now()
   WHERE file = $1`,
)
const tagged = statement<{ tag: Buffer; account: string }>(
  'import-tagged',
  `SELECT tag, account FROM imported_accounts WHERE tag = ANY($1::bytea[])`,
)
const taken = statement<{ address_index: Buffer; imported: boolean }>(
  'import-taken',
  `SELECT address_index, tag IS NOT NULL AS imported
   FROM accounts LEFT JOIN imported_accounts USING (account)
   WHERE address_index = ANY($1::bytea[])`,
)
// How long an imported password is, nobody knows before its owner types it.
const accountsNew = statement(
  'import-accounts',
  `INSERT INTO accounts
     (account, address_index, index_kv, address, password, password_set_at, created_at,
      password_alone)
   SELECT *, false FROM unnest($1::text[], $2::bytea[], $3::integer[], $4::bytea[], $5::bytea[],
     $6::timestamptz[], $7::timestamptz[])`,
)
const tagsNew = statement(
  'import-tags',
  `INSERT INTO imported_accounts (tag, account) SELECT * FROM unnest($1::bytea[], $2::text[])`,
)
const invitationsNew = statement<{ tag: Buffer }>(
  'import-invitations',
  `INSERT INTO waiting_invitations (account, tag, address)
   SELECT * FROM unnest($1::text[], $2::bytea[], $3::bytea[])
   ON CONFLICT DO NOTHING RETURNING tag`,
)

export async function insertFile(
  on: Executor,
  file: Uint8Array,
  kind: string,
  reserved: readonly AccountId[],
): Promise<void> {
  await fileNew(on, Buffer.from(file), kind, reserved)
}

export async function loadFile(
  on: Executor,
  file: Uint8Array,
): Promise<{ progress: Progress; reserved: AccountId[] } | undefined> {
  const [row] = await fileOf(on, Buffer.from(file))
  if (!row) return undefined
  const progress = { records: Number(row.records), tally: row.tally, isDone: row.done }
  return { progress, reserved: row.reserved.map((id) => accountId.schema.parse(id)) }
}

/** Without new ids those that were reserved stay so. */
export async function saveProgress(
  on: Executor,
  file: Uint8Array,
  { records, tally, isDone }: Progress,
  reserved?: readonly AccountId[],
): Promise<void> {
  await fileSaved(on, Buffer.from(file), records, JSON.stringify(tally), isDone, reserved ?? null)
}

/** Which of these tags became which account; tags in hex. */
export async function findTagged(
  on: Executor,
  tags: readonly Uint8Array[],
): Promise<Map<string, AccountId>> {
  const rows = await tagged(on, tags)
  return new Map(
    rows.map(({ tag, account }) => [tag.toString('hex'), accountId.schema.parse(account)]),
  )
}

/** Which of these indexes of addresses have an account, and whether it was imported; in hex. */
export async function findTaken(
  on: Executor,
  indexes: readonly Uint8Array[],
): Promise<Map<string, { readonly isImported: boolean }>> {
  const rows = await taken(on, indexes)
  return new Map(
    rows.map(({ address_index: index, imported }) => [
      index.toString('hex'),
      { isImported: imported },
    ]),
  )
}

export async function insertImported(on: Executor, rows: readonly ImportedRow[]): Promise<void> {
  const accounts = rows.map(({ account }) => account)
  await accountsNew(
    on,
    accounts,
    rows.map(({ index }) => index.index),
    rows.map(({ index }) => index.kv),
    rows.map(({ address }) => address),
    rows.map(({ password }) => password),
    rows.map(({ passwordSetAt }) => passwordSetAt),
    rows.map(({ at }) => at),
  )
  const tags = rows.map(({ tag }) => tag)
  await tagsNew(on, tags, accounts)
}

/** Returns the tags, in hex, of those that were not there yet. */
export async function insertInvitations(
  on: Executor,
  rows: readonly InvitationRow[],
): Promise<Set<string>> {
  const inserted = await invitationsNew(
    on,
    rows.map(({ account }) => account),
    rows.map(({ tag }) => tag),
    rows.map(({ address }) => address),
  )
  return new Set(inserted.map(({ tag }) => tag.toString('hex')))
}
