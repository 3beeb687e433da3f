import { householdId, messageId, type HouseholdId, type MessageId } from '../../protocol/ids.ts'
import { statement, type Executor } from '../platform/statements.ts'

/** One statement, so that two messages at once are two. */
const count = statement<{ bytes: string; sent: number }>(
  'count-space',
  `INSERT INTO household_space AS counted (household, bytes, began_at, sent) VALUES ($1, $2, $3, 1)
   ON CONFLICT (household) DO UPDATE SET
     bytes = counted.bytes + $2,
     began_at = CASE WHEN counted.began_at <= $4 THEN $3 ELSE counted.began_at END,
     sent = CASE WHEN counted.began_at <= $4 THEN 1 ELSE counted.sent + 1 END
   RETURNING bytes, sent`,
)

const recorded = statement<{ message: Uint8Array; envelope: Uint8Array }>(
  'recorded',
  `SELECT message, envelope FROM recordings JOIN messages USING (household, message)
   WHERE household = $1 AND message > $2 ORDER BY message LIMIT $3`,
)

const drop = statement<{ freed: string }>(
  'drop-recordings',
  'SELECT drop_recordings($1, $2::bytea[]) AS freed',
)

/** Counts one more recording; gives what the household takes up with it. */
export async function countRecording(
  transaction: Executor,
  household: HouseholdId,
  bytes: number,
  { now, before }: { now: Date; before: Date },
): Promise<{ bytes: number; sent: number }> {
  const [row] = await count(transaction, householdId.bytes(household), bytes, now, before)
  return { bytes: Number(row?.bytes ?? 0), sent: row?.sent ?? 0 }
}

export type Recorded = { readonly message: MessageId; readonly envelope: Uint8Array }

/** A page of the messages whose recordings are here, after one of them, in the order of their ids. */
export async function readRecorded(
  db: Executor,
  household: HouseholdId,
  after: MessageId | undefined,
  limit: number,
): Promise<readonly Recorded[]> {
  const from = after ? messageId.bytes(after) : new Uint8Array()
  const rows = await recorded(db, householdId.bytes(household), from, limit)
  return rows.map(({ message, envelope }) => ({ message: messageId.from(message), envelope }))
}

/** Deletes recordings; gives how many bytes are free now. */
export async function dropRecordings(
  db: Executor,
  household: HouseholdId,
  messages: readonly MessageId[],
): Promise<number> {
  const ids = messages.map((message) => Buffer.from(messageId.bytes(message)))
  const [row] = await drop(db, householdId.bytes(household), ids)
  return Number(row?.freed ?? 0)
}
