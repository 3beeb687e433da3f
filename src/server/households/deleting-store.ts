import { sql } from 'kysely'
import { z } from 'zod'
import { householdId, type HouseholdId } from '../../protocol/ids.ts'
import type { Database } from '../tables.ts'

const counts = z.record(z.string(), z.int().min(0))

/** Deletes all rows of a household; notes whose keys are to go. Returns how many of each table. */
export async function deleteHousehold(
  transaction: Database,
  household: HouseholdId,
): Promise<Record<string, number>> {
  const { rows } = await sql<{ deleted: unknown }>`
    SELECT delete_household(${householdId.bytes(household)}) AS deleted`.execute(transaction)
  return counts.parse(rows[0]?.deleted)
}

/** Whether a household was ended here. */
export async function isEnded(db: Database, household: HouseholdId): Promise<boolean> {
  const { rows } = await sql<{ ended: boolean }>`
    SELECT EXISTS (SELECT FROM ended_households
      WHERE tag = household_tag(${householdId.bytes(household)})) AS ended`.execute(db)
  return rows[0]?.ended ?? false
}

/** Households whose rows are gone, and whose keys may be there still. */
export async function readLeaving(db: Database): Promise<HouseholdId[]> {
  const rows = await db.selectFrom('leaving_households').selectAll().execute()
  return rows.map(({ leaving }) => householdId.from(leaving))
}

export async function deleteLeaving(db: Database, household: HouseholdId): Promise<void> {
  await db
    .deleteFrom('leaving_households')
    .where('leaving', '=', householdId.bytes(household))
    .execute()
}
