import type { Client } from 'pg'
import { deviceId, householdId, principalId } from '../../protocol/ids.ts'
import { connect, inTransaction } from '../platform/database.ts'
import type { Log } from '../platform/log.ts'
import type { Login } from '../platform/postgres/postgres.ts'
import type { WrapVault } from '../vault/vault.ts'

/**
 * Seals the wraps that were stored before there was a vault, a household at a time, then drops
 * their table. Goes on where an earlier start was cut off. `login` is one that may become the owner.
 */
export async function sealOldWraps(login: Login, vault: WrapVault, log: Log): Promise<void> {
  const client = await connect(login, log)
  try {
    await client.query('SET ROLE pawpost_owner')
    const { rows } = await client.query<{ old: string | null }>(
      `SELECT to_regclass('wraps_in_clear') AS old`,
    )
    if (!rows[0]?.old) return
    let households = 0
    while (await inTransaction(client, () => sealNext(client, vault))) households += 1
    await client.query('DROP TABLE wraps_in_clear')
    log.info({ households }, 'sealed old wraps')
  } finally {
    await client.end()
  }
}

type Row = { household: Buffer; device: Buffer; principal: Buffer; epoch: number; wrap: Buffer }

/** False when no household is left. */
async function sealNext(client: Client, vault: WrapVault): Promise<boolean> {
  const { rows } = await client.query<Row>(
    `DELETE FROM wraps_in_clear
     WHERE household = (
       SELECT household FROM wraps_in_clear ORDER BY household LIMIT 1
     ) RETURNING *`,
  )
  const [first] = rows
  if (!first) return false
  const wraps = rows.map(({ device, principal, epoch, wrap }) => ({
    device: deviceId.from(device),
    principal: principalId.from(principal),
    epoch,
    wrap,
  }))
  const sealed = await vault.sealWraps(householdId.from(first.household), wraps)
  for (const { device, principal, epoch, sealed: bytes } of sealed) {
    await client.query(
      `INSERT INTO wraps (household, device, principal, epoch, sealed) VALUES ($1, $2, $3, $4, $5)`,
      [first.household, deviceId.bytes(device), principalId.bytes(principal), epoch, bytes],
    )
  }
  return true
}
