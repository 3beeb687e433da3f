import {
  deviceId,
  householdId,
  principalId,
  type DeviceId,
  type HouseholdId,
} from '../../protocol/ids.ts'
import { statement, type Executor } from '../platform/statements.ts'
import type { Database } from '../tables.ts'
import type { Closed, SealedWrap, WrapName } from '../vault/vault.ts'

/** Where a log stands in the database: how many links, and the hash of the newest. */
export type Standing = { readonly length: number; readonly head: Uint8Array }

/** A link with its number, the wraps it names and the epochs it closes. */
export type StoredLink = {
  readonly seq: number
  readonly link: Uint8Array
  readonly wraps: readonly SealedWrap[]
  readonly closed: readonly Closed[]
}

const SELECT_STANDING = 'SELECT length, head FROM households WHERE household = $1'

const standing = statement<Standing>('standing', SELECT_STANDING)
const lockedStanding = statement<Standing>('locked-standing', `${SELECT_STANDING} FOR UPDATE`)

const links = statement<{ link: Uint8Array }>(
  'links',
  'SELECT link FROM links WHERE household = $1 AND seq >= $2 AND seq < $3 ORDER BY seq',
)

/** A page ends before the link that makes it larger than $4 bytes, but not before its first. */
const page = statement<{ length: number; link: Uint8Array | null }>(
  'links-page',
  `SELECT h.length, l.link FROM households h LEFT JOIN (
     SELECT household, seq, link,
       sum(octet_length(link)) OVER (ORDER BY seq) AS until_here
     FROM links WHERE household = $1 AND seq >= $2 AND seq < $2 + $3
   ) l ON l.household = h.household AND (l.seq = $2 OR l.until_here <= $4)
   WHERE h.household = $1 ORDER BY l.seq`,
)

const wrapsOf = statement<{ principal: Uint8Array; epoch: number; sealed: Uint8Array }>(
  'wraps-of',
  `SELECT principal, epoch, sealed FROM wraps WHERE household = $1 AND device = $2
   ORDER BY principal, epoch`,
)

const wrapPlaces = statement<{ device: Uint8Array; principal: Uint8Array; epoch: number }>(
  'wrap-places',
  'SELECT device, principal, epoch FROM wraps WHERE household = $1',
)

const closeEpochs = statement<unknown>('close-epochs', 'SELECT close_epochs($1, $2, $3)')

const undestroyed = statement<{ principal: Uint8Array; below: number }>(
  'undestroyed',
  'SELECT principal, below FROM closed_epochs WHERE household = $1 AND NOT destroyed',
)

const wrappedFor = statement<{ household: Uint8Array }>(
  'wrapped-for',
  'SELECT household FROM wraps WHERE device = $1 LIMIT 1',
)

/** A household that has wraps for a device or card; nothing if there is none. */
export async function readHouseholdOf(
  db: Executor,
  device: DeviceId,
): Promise<HouseholdId | undefined> {
  const [row] = await wrappedFor(db, deviceId.bytes(device))
  return row && householdId.from(row.household)
}

/** Where a household's log stands; nothing if there is none. */
export async function readStanding(
  db: Executor,
  household: HouseholdId,
): Promise<Standing | undefined> {
  const [row] = await standing(db, householdId.bytes(household))
  return row
}

/** As {@link readStanding}; until the transaction ends nobody else changes it. */
export async function lockStanding(
  transaction: Executor,
  household: HouseholdId,
): Promise<Standing | undefined> {
  const [row] = await lockedStanding(transaction, householdId.bytes(household))
  return row
}

/** The links from one number up to, and without, another. */
export async function readLinks(
  db: Executor,
  household: HouseholdId,
  from: number,
  to: number,
): Promise<Uint8Array[]> {
  const rows = await links(db, householdId.bytes(household), from, to)
  return rows.map(({ link }) => link)
}

/** A page of links from a number on, and how many links there are in all. */
export async function readPage(
  db: Executor,
  household: HouseholdId,
  from: number,
  limits: { links: number; bytes: number },
): Promise<{ links: Uint8Array[]; length: number }> {
  const rows = await page(db, householdId.bytes(household), from, limits.links, limits.bytes)
  return {
    links: rows.flatMap(({ link }) => (link ? [link] : [])),
    length: rows[0]?.length ?? 0,
  }
}

/** The wraps made for a device or card, by principal, oldest epoch first. */
export async function readWrapsOf(
  db: Executor,
  household: HouseholdId,
  device: DeviceId,
): Promise<SealedWrap[]> {
  const rows = await wrapsOf(db, householdId.bytes(household), deviceId.bytes(device))
  return rows.map((row) => ({ ...row, device, principal: principalId.from(row.principal) }))
}

/** Which wraps are stored, for anybody. */
export async function readWrapPlaces(db: Executor, household: HouseholdId): Promise<WrapName[]> {
  const rows = await wrapPlaces(db, householdId.bytes(household))
  return rows.map(({ device, principal, epoch }) => ({
    device: deviceId.from(device),
    principal: principalId.from(principal),
    epoch,
  }))
}

/** Inserts a household whose log has one link, of this hash; false if it is there already. */
export async function insertHousehold(
  transaction: Database,
  household: HouseholdId,
  head: Uint8Array,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('households')
    .values({ household: householdId.bytes(household), length: 1, head })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Moves the standing that the transaction locked. */
export async function moveStanding(
  transaction: Database,
  household: HouseholdId,
  to: Standing,
): Promise<void> {
  await transaction
    .updateTable('households')
    .set(to)
    .where('household', '=', householdId.bytes(household))
    .execute()
}

/** Inserts a link and its wraps, and deletes those of the epochs it closes. */
export async function insertLink(
  transaction: Database,
  household: HouseholdId,
  { seq, link, wraps, closed }: StoredLink,
): Promise<void> {
  const key = householdId.bytes(household)
  await transaction.insertInto('links').values({ household: key, seq, link }).execute()
  for (const { principal, below } of closed) {
    await closeEpochs(transaction, key, principalId.bytes(principal), below)
  }
  await insertWraps(transaction, household, wraps)
}

/** Inserts wraps; those that are there already stay as they are. */
export async function insertWraps(
  transaction: Database,
  household: HouseholdId,
  wraps: readonly SealedWrap[],
): Promise<void> {
  if (wraps.length === 0) return
  const rows = wraps.map(({ device, principal, epoch, sealed }) => ({
    household: householdId.bytes(household),
    device: deviceId.bytes(device),
    principal: principalId.bytes(principal),
    epoch,
    sealed,
  }))
  await transaction
    .insertInto('wraps')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The closed epochs of a household whose shred keys are not known to be destroyed. */
export async function readUndestroyed(db: Database, household: HouseholdId): Promise<Closed[]> {
  const rows = await undestroyed(db, householdId.bytes(household))
  return rows.map(({ principal, below }) => ({ principal: principalId.from(principal), below }))
}

/** The households that have such epochs. */
export async function readUnfinished(db: Database): Promise<HouseholdId[]> {
  const rows = await db
    .selectFrom('closed_epochs')
    .select('household')
    .distinct()
    .where('destroyed', '=', false)
    .execute()
  return rows.map((row) => householdId.from(row.household))
}

/** Notes that shred keys are destroyed, unless more epochs were closed meanwhile. */
export async function setDestroyed(
  db: Database,
  household: HouseholdId,
  { principal, below }: Closed,
): Promise<void> {
  await db
    .updateTable('closed_epochs')
    .set({ destroyed: true })
    .where('household', '=', householdId.bytes(household))
    .where('principal', '=', principalId.bytes(principal))
    .where('below', '=', below)
    .execute()
}
