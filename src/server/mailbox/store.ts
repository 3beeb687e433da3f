import {
  householdId,
  messageId,
  principalId,
  type HouseholdId,
  type MessageId,
  type PrincipalId,
} from '../../protocol/ids.ts'
import { headOf, type Household } from '../../protocol/log/household.ts'
import { statement, type Executor } from '../platform/statements.ts'

type Key = { readonly household: HouseholdId; readonly message: MessageId }

/**
 * One statement: only while the log stands where the sender's rights were checked (no link can be
 * appended until the transaction ends), the message and one entry in each of its mailboxes. Their
 * numbers are counted up under the row locks of the mailboxes, which everybody takes in the same
 * order: no gaps, no dead locks, and no number becomes visible before a smaller one.
 */
const insert = statement<{ current: boolean; stored: boolean }>(
  'insert-message',
  `WITH standing AS MATERIALIZED (
     SELECT household FROM households
     WHERE household = $1::bytea AND length = $2 AND head = $3::bytea FOR SHARE
   ), stored AS (
     INSERT INTO messages (household, message, envelope)
     SELECT household, $4::bytea, $5::bytea FROM standing
     ON CONFLICT (household, message) DO NOTHING RETURNING message
   ), counted AS (
     INSERT INTO mailboxes AS mailbox (household, principal, latest)
     SELECT $1::bytea, principal, 1 FROM stored, unnest($6::bytea[]) AS principal ORDER BY principal
     ON CONFLICT (household, principal) DO UPDATE SET latest = mailbox.latest + 1
     RETURNING principal, latest
   ), entered AS (
     INSERT INTO mailbox_entries (household, principal, seq, message)
     SELECT $1::bytea, principal, latest, $4::bytea FROM counted
   )
   SELECT EXISTS (SELECT FROM standing) AS current, EXISTS (SELECT FROM stored) AS stored`,
)

const envelope = statement<{ envelope: Uint8Array }>(
  'envelope',
  'SELECT envelope FROM messages WHERE household = $1 AND message = $2',
)

const envelopes = statement<{ envelope: Uint8Array }>(
  'envelopes',
  'SELECT envelope FROM messages WHERE household = $1 AND message = ANY ($2::bytea[])',
)

const page = statement<{ latest: string; seq: string | null; envelope: Uint8Array }>(
  'mailbox-page',
  `SELECT mailbox.latest, entry.seq, entry.envelope
   FROM (SELECT coalesce(max(latest), 0) AS latest FROM mailboxes
         WHERE household = $1 AND principal = $2) mailbox
   LEFT JOIN LATERAL (
     SELECT seq, envelope FROM mailbox_entries JOIN messages USING (household, message)
     WHERE household = $1 AND principal = $2 AND seq > $3 ORDER BY seq LIMIT $4
   ) entry ON true
   ORDER BY entry.seq`,
)

const addressed = statement<{ addressed: boolean }>(
  'addressed',
  `SELECT EXISTS (SELECT FROM mailbox_entries
     WHERE household = $1 AND message = $2 AND principal = ANY ($3::bytea[])) AS addressed`,
)

const latest = statement<{ principal: Uint8Array; latest: string }>(
  'latest',
  `SELECT principal, latest FROM mailboxes
   WHERE household = $1 AND principal = ANY ($2::bytea[])`,
)

/** What became of a message: stored; there already; or the log has moved on since. */
export type Insertion = 'stored' | 'known' | 'overtaken'

/** Stores a message and its entries, if the log still stands where `household` was verified. */
export async function insertMessage(
  transaction: Executor,
  household: Household,
  message: { id: MessageId; envelope: Uint8Array; to: readonly PrincipalId[] },
): Promise<Insertion> {
  const { seq, hash } = headOf(household)
  const [row] = await insert(
    transaction,
    householdId.bytes(household.id),
    seq + 1,
    hash,
    messageId.bytes(message.id),
    message.envelope,
    toArray(message.to),
  )
  if (!row?.current) return 'overtaken'
  return row.stored ? 'stored' : 'known'
}

export async function readEnvelope(
  db: Executor,
  { household, message }: Key,
): Promise<Uint8Array | undefined> {
  const [row] = await envelope(db, householdId.bytes(household), messageId.bytes(message))
  return row?.envelope
}

/** The envelopes of those messages that are stored, in any order. */
export async function readEnvelopes(
  db: Executor,
  household: HouseholdId,
  messages: readonly MessageId[],
): Promise<Uint8Array[]> {
  const ids = messages.map((message) => Buffer.from(messageId.bytes(message)))
  const rows = await envelopes(db, householdId.bytes(household), ids)
  return rows.map((row) => row.envelope)
}

export type Entry = { readonly seq: number; readonly envelope: Uint8Array }

/** Entries of a mailbox after a number, and the number of its newest. */
export async function readEntries(
  db: Executor,
  { household, principal }: { household: HouseholdId; principal: PrincipalId },
  after: number,
  limit: number,
): Promise<{ entries: Entry[]; latest: number }> {
  const key = [householdId.bytes(household), principalId.bytes(principal)]
  const rows = await page(db, ...key, after, limit)
  return {
    entries: rows.flatMap(({ seq, envelope }) =>
      seq === null ? [] : [{ seq: Number(seq), envelope }],
    ),
    latest: Number(rows[0]?.latest ?? 0),
  }
}

/** Whether a message lies in the mailbox of one of `principals`. */
export async function isAddressed(
  db: Executor,
  { household, message }: Key,
  principals: readonly PrincipalId[],
): Promise<boolean> {
  const key = [householdId.bytes(household), messageId.bytes(message)]
  const [row] = await addressed(db, ...key, toArray(principals))
  return row?.addressed ?? false
}

/** The number of the newest entry of each mailbox; none for those that are empty. */
export async function readLatest(
  db: Executor,
  household: HouseholdId,
  principals: readonly PrincipalId[],
): Promise<Map<PrincipalId, number>> {
  const rows = await latest(db, householdId.bytes(household), toArray(principals))
  return new Map(rows.map((row) => [principalId.from(row.principal), Number(row.latest)]))
}

/** As pg wants the elements of an array of bytea. */
function toArray(principals: readonly PrincipalId[]): Buffer[] {
  return principals.map((principal) => Buffer.from(principalId.bytes(principal)))
}
