import type { AccountId } from '../../protocol/ids.ts'
import type { Database } from '../tables.ts'

/** A device whose key stands for the second factor of an account. */
export type TrustedDevice = {
  /** Names it among those of its account. */
  readonly device: Buffer
  readonly since: Date
  /** The day it was last used, as its first moment in UTC. */
  readonly usedOn: Date
}

/** Since when a device is remembered, and the day of it. */
type Moments = { readonly since: Date; readonly usedOn: Date }

/** Keeps a device, or keeps it longer. Returns its name. */
export async function putDevice(
  db: Database,
  added: Moments & { account: AccountId; tag: Buffer; device: Buffer },
): Promise<Buffer> {
  const { account, tag, device, since, usedOn } = added
  const row = await db
    .insertInto('trusted_devices')
    .values({ account, tag, device, since, used_on: usedOn })
    .onConflict((conflict) =>
      conflict.columns(['account', 'tag']).doUpdateSet({ since, used_on: usedOn }),
    )
    .returning('device')
    .executeTakeFirstOrThrow()
  return row.device
}

/** Deletes what was remembered before a moment, and the longest unused of more than `most`. */
export async function deleteOldDevices(
  db: Database,
  account: AccountId,
  { after, most }: { after: Date; most: number },
): Promise<void> {
  const kept = db
    .selectFrom('trusted_devices')
    .select('tag')
    .where('account', '=', account)
    .where('since', '>', after)
    .orderBy('used_on', 'desc')
    .orderBy('since', 'desc')
    .limit(most)
  await db
    .deleteFrom('trusted_devices')
    .where('account', '=', account)
    .where('tag', 'not in', kept)
    .execute()
}

/** Notes that a device was used; false if it is not remembered, or not since `after`. */
export async function noteDeviceUse(
  db: Database,
  { account, tag }: { account: AccountId; tag: Buffer },
  { after, usedOn }: { after: Date; usedOn: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('trusted_devices')
    .set({ used_on: usedOn })
    .where('account', '=', account)
    .where('tag', '=', tag)
    .where('since', '>', after)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The devices that were remembered after a moment, the newest first. */
export async function findDevices(
  db: Database,
  account: AccountId,
  after: Date,
): Promise<TrustedDevice[]> {
  const rows = await db
    .selectFrom('trusted_devices')
    .select(['device', 'since', 'used_on'])
    .where('account', '=', account)
    .where('since', '>', after)
    .orderBy('since', 'desc')
    .execute()
  return rows.map(({ device, since, used_on }) => ({ device, since, usedOn: used_on }))
}

export async function deleteDevice(
  db: Database,
  account: AccountId,
  device: Buffer,
): Promise<void> {
  await db
    .deleteFrom('trusted_devices')
    .where('account', '=', account)
    .where('device', '=', device)
    .execute()
}

/** Forgets all devices of an account: every one is asked for a second factor again. */
export async function deleteDevicesOf(db: Database, account: AccountId): Promise<void> {
  await db.deleteFrom('trusted_devices').where('account', '=', account).execute()
}
