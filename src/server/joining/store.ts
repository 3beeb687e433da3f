import { sql, type Selectable } from 'kysely'
import {
  deviceId,
  householdId,
  inviteId,
  requestId,
  type DeviceId,
  type HouseholdId,
  type InviteId,
  type RequestId,
} from '../../protocol/ids.ts'
import type { Database } from '../tables.ts'
import type { JoiningTables } from './tables.ts'

/** What a joiner sends: the request, its two signatures, and a hello sealed to the household. */
export type Asked = {
  readonly bytes: Uint8Array
  readonly joinSignature: Uint8Array
  readonly deviceSignature: Uint8Array
  readonly hello: Uint8Array
}

/** A request to join as it is stored. */
export type StoredRequest = Asked & {
  readonly request: RequestId
  readonly invite: InviteId
  readonly device: DeviceId
  /** The guardian's nonce and who published it. */
  readonly nonce: { readonly bytes: Uint8Array; readonly by: DeviceId } | undefined
  /** The joiner's nonce. */
  readonly reveal: Uint8Array | undefined
  readonly declined: boolean
}

type Key = { readonly household: HouseholdId; readonly request: RequestId }

/** Inserts a request unless it, or another one for the same invitation, is waiting already. */
export async function insertRequest(
  db: Database,
  { household, request }: Key,
  { invite, device, ...asked }: Asked & { invite: InviteId; device: DeviceId },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('join_requests')
    .values({
      household: householdId.bytes(household),
      request: requestId.bytes(request),
      invite: inviteId.bytes(invite),
      device: deviceId.bytes(device),
      bytes: asked.bytes,
      join_signature: asked.joinSignature,
      device_signature: asked.deviceSignature,
      hello: asked.hello,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function readRequest(
  db: Database,
  { household, request }: Key,
): Promise<StoredRequest | undefined> {
  const row = await db
    .selectFrom('join_requests')
    .selectAll()
    .where('household', '=', householdId.bytes(household))
    .where('request', '=', requestId.bytes(request))
    .executeTakeFirst()
  return row && fromRow(row)
}

/** The invitation that a request uses. */
export async function readInvite(
  db: Database,
  { household, request }: Key,
): Promise<InviteId | undefined> {
  const row = await db
    .selectFrom('join_requests')
    .select('invite')
    .where('household', '=', householdId.bytes(household))
    .where('request', '=', requestId.bytes(request))
    .executeTakeFirst()
  return row && inviteId.from(row.invite)
}

/** All requests that were not declined, oldest first: those that wait and those that were admitted. */
export async function readRequests(db: Database, household: HouseholdId): Promise<StoredRequest[]> {
  const rows = await db
    .selectFrom('join_requests')
    .selectAll()
    .where('household', '=', householdId.bytes(household))
    .where('declined', '=', false)
    .orderBy('created_at')
    .orderBy('request')
    .execute()
  return rows.map(fromRow)
}

/** A number that grows with every change of a household's requests. */
export async function readChanges(db: Database, household: HouseholdId): Promise<number> {
  const { changes } = await db
    .selectFrom('join_requests')
    .select(sql<string>`coalesce(sum(version), 0)`.as('changes'))
    .where('household', '=', householdId.bytes(household))
    .executeTakeFirstOrThrow()
  return Number(changes)
}

/** Sets the guardian's nonce unless there is one. */
export async function setNonce(
  db: Database,
  key: Key,
  nonce: { bytes: Uint8Array; by: DeviceId },
): Promise<boolean> {
  const set = { nonce: nonce.bytes, nonce_by: deviceId.bytes(nonce.by) }
  const { numUpdatedRows } = await change(db, key, set)
    .where('nonce', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Sets the joiner's nonce unless there is one. */
export async function setReveal(db: Database, key: Key, reveal: Uint8Array): Promise<boolean> {
  const { numUpdatedRows } = await change(db, key, { reveal })
    .where('reveal', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function setDeclined(db: Database, key: Key): Promise<boolean> {
  const { numUpdatedRows } = await change(db, key, { declined: true })
    .where('declined', '=', false)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

function change(
  db: Database,
  { household, request }: Key,
  set: Partial<Pick<Row, 'nonce' | 'nonce_by' | 'reveal' | 'declined'>>,
) {
  return db
    .updateTable('join_requests')
    .set(set)
    .set({ version: sql`version + 1` })
    .where('household', '=', householdId.bytes(household))
    .where('request', '=', requestId.bytes(request))
}

type Row = Selectable<JoiningTables['join_requests']>

function fromRow(row: Row): StoredRequest {
  const { nonce, nonce_by: by } = row
  return {
    request: requestId.from(row.request),
    invite: inviteId.from(row.invite),
    device: deviceId.from(row.device),
    bytes: row.bytes,
    joinSignature: row.join_signature,
    deviceSignature: row.device_signature,
    hello: row.hello,
    nonce: nonce && by ? { bytes: nonce, by: deviceId.from(by) } : undefined,
    reveal: row.reveal ?? undefined,
    declined: row.declined,
  }
}
