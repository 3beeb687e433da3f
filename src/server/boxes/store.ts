import { deviceId, householdId, type DeviceId, type HouseholdId } from '../../protocol/ids.ts'
import { statement, type Executor } from '../platform/statements.ts'

/** One statement, so that two messages at once are two. */
const count = statement<{ sent: number }>(
  'count-box',
  `INSERT INTO box_counts AS counted (household, box, began_at, sent) VALUES ($1, $2, $3, 1)
   ON CONFLICT (household, box) DO UPDATE SET
     began_at = CASE WHEN counted.began_at <= $4 THEN $3 ELSE counted.began_at END,
     sent = CASE WHEN counted.began_at <= $4 THEN 1 ELSE counted.sent + 1 END
   RETURNING sent`,
)

/** Counts one more message of a box; gives how many there are since the first of the last 24 hours. */
export async function countMessage(
  transaction: Executor,
  { household, box }: { household: HouseholdId; box: DeviceId },
  { now, before }: { now: Date; before: Date },
): Promise<number> {
  const key = [householdId.bytes(household), deviceId.bytes(box)]
  const [row] = await count(transaction, ...key, now, before)
  return row?.sent ?? 0
}
