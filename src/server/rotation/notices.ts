import { sameBytes } from '../../protocol/bytes.ts'
import { deviceId, householdId, principalId, type HouseholdId } from '../../protocol/ids.ts'
import { inTransaction } from '../platform/database.ts'
import type { Shelf, ShelfParts } from './shelf.ts'

const BATCH = 200
/** Before every household there is. */
const FIRST = new Uint8Array()

/**
 * The households of which somebody is told that post came. One key seals for all of them: it is
 * renewed and retired with the vault's own.
 */
export function noticeShelf(parts: ShelfParts): Shelf {
  const { client } = parts
  return {
    async next(after) {
      const { rows } = await client.query<{ household: Buffer }>(
        `SELECT household FROM push_subscriptions WHERE household > $1
         UNION SELECT household FROM mail_notices WHERE household > $1
         ORDER BY household LIMIT ${BATCH}`,
        [after === '' ? FIRST : householdId.bytes(idOf(after))],
      )
      return rows.map(({ household }) => householdId.from(household))
    },
    renew: async () => undefined,
    async reseal(ids) {
      let changed = 0
      for (const id of ids) {
        changed += await resealBrowsers(parts, idOf(id))
        changed += await resealMailLinks(parts, idOf(id))
      }
      return changed
    },
    retire: async () => undefined,
  }
}

function idOf(text: string): HouseholdId {
  return householdId.schema.parse(text)
}

async function resealBrowsers(parts: ShelfParts, household: HouseholdId): Promise<number> {
  const { rows } = await parts.client.query<Row & { device: Buffer }>(
    'SELECT device, sealed FROM push_subscriptions WHERE household = $1',
    [householdId.bytes(household)],
  )
  const kept = rows.map(({ device, sealed }) => ({
    household,
    device: deviceId.from(device),
    sealed,
  }))
  const fresh = await parts.vault.resealBrowsers(kept)
  const place = { table: 'push_subscriptions', household } as const
  return replace(parts, place, changedOf(parts, rows, fresh))
}

async function resealMailLinks(parts: ShelfParts, household: HouseholdId): Promise<number> {
  const { rows } = await parts.client.query<Row & { person: Buffer }>(
    'SELECT person, sealed FROM mail_notices WHERE household = $1',
    [householdId.bytes(household)],
  )
  const kept = rows.map(({ person, sealed }) => ({
    household,
    person: principalId.from(person),
    sealed,
  }))
  const fresh = await parts.vault.resealMailLinks(kept)
  const place = { table: 'mail_notices', household } as const
  return replace(parts, place, changedOf(parts, rows, fresh))
}

type Place = {
  readonly table: 'push_subscriptions' | 'mail_notices'
  readonly household: HouseholdId
}
type Row = { readonly sealed: Buffer }
type Changed = { readonly old: Uint8Array; readonly fresh: Uint8Array }

function changedOf(
  { log }: ShelfParts,
  rows: readonly Row[],
  fresh: readonly (Uint8Array | undefined)[],
): Changed[] {
  return rows.flatMap(({ sealed: old }, index) => {
    const anew = fresh[index]
    if (!anew) log.error('what a notice needs does not open')
    return anew && !sameBytes(anew, old) ? [{ old, fresh: anew }] : []
  })
}

/** What is sealed is like no other: with its household, it names its row. */
async function replace(
  { client }: ShelfParts,
  { table, household }: Place,
  changed: readonly Changed[],
): Promise<number> {
  await inTransaction(client, async () => {
    for (const { old, fresh } of changed) {
      await client.query(`UPDATE ${table} SET sealed = $1 WHERE household = $2 AND sealed = $3`, [
        fresh,
        householdId.bytes(household),
        old,
      ])
    }
  })
  return changed.length
}
