import { sameBytes } from '../../protocol/bytes.ts'
import { deviceId, householdId, principalId, type HouseholdId } from '../../protocol/ids.ts'
import { inTransaction } from '../platform/database.ts'
import type { SealedWrap } from '../vault/vault.ts'
import type { Shelf, ShelfParts } from './shelf.ts'

const BATCH = 20
/** Before every household there is. */
const FIRST = new Uint8Array()

/** The households that have wraps. */
export function householdShelf(parts: ShelfParts): Shelf {
  const { client, vault } = parts
  return {
    async next(after) {
      const { rows } = await client.query<{ household: Buffer }>(
        `SELECT DISTINCT household FROM wraps WHERE household > $1
         ORDER BY household LIMIT ${BATCH}`,
        [after === '' ? FIRST : householdId.bytes(idOf(after))],
      )
      return rows.map(({ household }) => householdId.from(household))
    },
    async renew(ids) {
      for (const id of ids) await vault.renewShredKeys(idOf(id))
    },
    async reseal(ids) {
      let changed = 0
      for (const id of ids) changed += await resealHousehold(parts, idOf(id))
      return changed
    },
    async retire(ids) {
      for (const id of ids) await vault.retireShredKeys(idOf(id))
    },
  }
}

function idOf(text: string): HouseholdId {
  return householdId.schema.parse(text)
}

type Row = { device: Buffer; principal: Buffer; epoch: number; sealed: Buffer }

async function resealHousehold(
  { client, vault }: ShelfParts,
  household: HouseholdId,
): Promise<number> {
  const { rows } = await client.query<Row>(
    'SELECT device, principal, epoch, sealed FROM wraps WHERE household = $1',
    [householdId.bytes(household)],
  )
  const before = rows.map((row) => ({
    device: deviceId.from(row.device),
    principal: principalId.from(row.principal),
    epoch: row.epoch,
    sealed: row.sealed,
  }))
  const olds = new Map(before.map((wrap) => [nameOf(wrap), wrap.sealed]))
  const after = await vault.resealWraps(household, before)
  const changed = after.flatMap((wrap) => {
    const old = olds.get(nameOf(wrap))
    return old && !sameBytes(old, wrap.sealed) ? [{ ...wrap, old }] : []
  })
  await inTransaction(client, async () => {
    for (const { device, principal, epoch, sealed, old } of changed) {
      const name = [householdId.bytes(household), deviceId.bytes(device)]
      await client.query(
        `UPDATE wraps SET sealed = $1
         WHERE household = $2 AND device = $3 AND principal = $4 AND epoch = $5 AND sealed = $6`,
        [sealed, ...name, principalId.bytes(principal), epoch, old],
      )
    }
  })
  return changed.length
}

function nameOf({ device, principal, epoch }: Omit<SealedWrap, 'sealed'>): string {
  return `${device} ${principal} ${epoch}`
}
