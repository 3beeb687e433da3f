import type { Selectable } from 'kysely'
import {
  deviceId,
  householdId,
  pairingId,
  type DeviceId,
  type HouseholdId,
  type PairingId,
} from '../../protocol/ids.ts'
import type { Database } from '../tables.ts'
import type { PairingTables } from './tables.ts'

/** Whose pairing it is. */
export type Made = { readonly household: HouseholdId; readonly maker: DeviceId }

/** What the member's device leaves: the one-time public key, and the sealed offer. */
export type Offered = { readonly key: Uint8Array; readonly offer: Uint8Array }

/** A pairing as it is stored. */
export type StoredPairing = Made &
  Offered & {
    readonly answer: Uint8Array | undefined
    readonly nonce: Uint8Array | undefined
  }

export async function deleteBefore(db: Database, moment: Date): Promise<void> {
  await db.deleteFrom('pairings').where('created_at', '<', moment).execute()
}

/** Deletes what a device offered, but not the pairing `except`. */
export async function deleteOthers(
  db: Database,
  { household, maker }: Made,
  except: PairingId,
): Promise<void> {
  await db
    .deleteFrom('pairings')
    .where('household', '=', householdId.bytes(household))
    .where('maker', '=', deviceId.bytes(maker))
    .where('pairing', '!=', pairingId.bytes(except))
    .execute()
}

/** Inserts a pairing unless one of this id, or another one of its device, is there. */
export async function insertPairing(
  db: Database,
  pairing: PairingId,
  { household, maker, key, offer, at }: Made & Offered & { at: Date },
): Promise<void> {
  await db
    .insertInto('pairings')
    .values({
      pairing: pairingId.bytes(pairing),
      household: householdId.bytes(household),
      maker: deviceId.bytes(maker),
      key,
      offer,
      answer: null,
      nonce: null,
      created_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A pairing that was begun after a moment. */
export async function readPairing(
  db: Database,
  pairing: PairingId,
  after: Date,
): Promise<StoredPairing | undefined> {
  const row = await db
    .selectFrom('pairings')
    .selectAll()
    .where('pairing', '=', pairingId.bytes(pairing))
    .where('created_at', '>=', after)
    .executeTakeFirst()
  return row && fromRow(row)
}

/** Sets the answer unless there is one. */
export async function setAnswer(
  db: Database,
  pairing: PairingId,
  answer: Uint8Array,
): Promise<void> {
  await db
    .updateTable('pairings')
    .set({ answer })
    .where('pairing', '=', pairingId.bytes(pairing))
    .where('answer', 'is', null)
    .execute()
}

/** Sets the nonce of an answered pairing unless there is one. */
export async function setNonce(db: Database, pairing: PairingId, nonce: Uint8Array): Promise<void> {
  await db
    .updateTable('pairings')
    .set({ nonce })
    .where('pairing', '=', pairingId.bytes(pairing))
    .where('answer', 'is not', null)
    .where('nonce', 'is', null)
    .execute()
}

export async function deletePairing(
  db: Database,
  pairing: PairingId,
  { household, maker }: Made,
): Promise<void> {
  await db
    .deleteFrom('pairings')
    .where('pairing', '=', pairingId.bytes(pairing))
    .where('household', '=', householdId.bytes(household))
    .where('maker', '=', deviceId.bytes(maker))
    .execute()
}

function fromRow(row: Selectable<PairingTables['pairings']>): StoredPairing {
  return {
    household: householdId.from(row.household),
    maker: deviceId.from(row.maker),
    key: row.key,
    offer: row.offer,
    answer: row.answer ?? undefined,
    nonce: row.nonce ?? undefined,
  }
}
