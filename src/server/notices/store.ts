import type { MailPace } from '../../protocol/api/notices.ts'
import {
  deviceId,
  householdId,
  principalId,
  type DeviceId,
  type HouseholdId,
  type PrincipalId,
} from '../../protocol/ids.ts'
import { statement, type Executor } from '../platform/statements.ts'
import type { MailName, PushName, SealedMail, SealedPush } from '../vault/vault.ts'

const putPush = statement(
  'put-push',
  `INSERT INTO push_subscriptions (household, device, sealed) VALUES ($1, $2, $3)
   ON CONFLICT (household, device) DO UPDATE SET sealed = excluded.sealed`,
)
const dropPush = statement(
  'drop-push',
  `DELETE FROM push_subscriptions
   WHERE household = $1 AND device = $2 AND sealed = coalesce($3::bytea, sealed)`,
)
const putMail = statement(
  'put-mail',
  `INSERT INTO mail_notices (household, person, sealed, stop, pace) VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (household, person) DO UPDATE
     SET sealed = excluded.sealed, stop = excluded.stop, pace = excluded.pace`,
)
const dropMail = statement(
  'drop-mail',
  'DELETE FROM mail_notices WHERE household = $1 AND person = $2',
)
const dropByStop = statement<{ stop: Uint8Array }>(
  'drop-mail-by-stop',
  'DELETE FROM mail_notices WHERE stop = $1 RETURNING stop',
)
const state = statement<{ push: boolean; pace: MailPace | null }>(
  'notices-state',
  `SELECT EXISTS (SELECT FROM push_subscriptions WHERE household = $1 AND device = $2) AS push,
     (SELECT pace FROM mail_notices WHERE household = $1 AND person = $3) AS pace`,
)

/** What is due already stays due then; whoever was rung lately waits out the pause. */
const ringAll = statement(
  'notices-ring',
  `WITH pushed AS (
     UPDATE push_subscriptions
     SET due_at = greatest($4::timestamptz, rung_at + $5::interval), tries = 0
     WHERE household = $1 AND device = ANY ($2::bytea[]) AND due_at IS NULL
   )
   UPDATE mail_notices
   SET due_at = greatest($6::timestamptz, mailed_at +
     CASE pace WHEN 'daily' THEN interval '1 day' ELSE interval '1 hour' END)
   WHERE household = $1 AND person = ANY ($3::bytea[]) AND due_at IS NULL`,
)
const settle = statement(
  'notices-settle',
  `WITH pushed AS (
     UPDATE push_subscriptions SET due_at = NULL, tries = 0
     WHERE household = $1 AND device = $2 AND due_at IS NOT NULL
   )
   UPDATE mail_notices SET due_at = NULL
   WHERE household = $1 AND person = $3 AND due_at IS NOT NULL`,
)
const tidy = statement(
  'notices-tidy',
  `WITH pushed AS (
     DELETE FROM push_subscriptions WHERE household = $1 AND device <> ALL ($2::bytea[])
   )
   DELETE FROM mail_notices WHERE household = $1 AND person <> ALL ($3::bytea[])`,
)

/** A member of a household, with a device. */
export type Member = {
  readonly household: HouseholdId
  readonly device: DeviceId
  readonly person: PrincipalId
}
/** Some devices and some people of a household. */
export type Members = {
  readonly household: HouseholdId
  readonly devices: readonly DeviceId[]
  readonly people: readonly PrincipalId[]
}

export async function upsertPush(db: Executor, { sealed, ...name }: SealedPush): Promise<void> {
  await putPush(db, ...pushKey(name), sealed)
}

/** Deletes a subscription; with `sealed` only if it is still that one. */
export async function deletePush(db: Executor, name: PushName, sealed?: Uint8Array): Promise<void> {
  await dropPush(db, ...pushKey(name), sealed ?? null)
}

export async function upsertMail(
  db: Executor,
  { sealed, ...name }: SealedMail,
  { stop, pace }: { stop: Uint8Array; pace: MailPace },
): Promise<void> {
  await putMail(db, ...mailKey(name), sealed, stop, pace)
}

export async function deleteMail(db: Executor, name: MailName): Promise<void> {
  await dropMail(db, ...mailKey(name))
}

/** Whether there was one. */
export async function deleteMailBy(db: Executor, stop: Uint8Array): Promise<boolean> {
  return (await dropByStop(db, stop)).length > 0
}

export async function readState(
  db: Executor,
  { household, device, person }: Member,
): Promise<{ push: boolean; pace: MailPace | undefined }> {
  const [row] = await state(db, ...pushKey({ household, device }), principalId.bytes(person))
  return { push: row?.push ?? false, pace: row?.pace ?? undefined }
}

/** Makes some devices and people due, unless they are: so long after they were rung last. */
export async function makeDue(
  db: Executor,
  { household, devices, people }: Members,
  times: { readonly pushAt: Date; readonly mailAt: Date; readonly pushPause: string },
): Promise<void> {
  const { pushAt, mailAt, pushPause } = times
  const key = householdId.bytes(household)
  await ringAll(db, key, deviceKeys(devices), personKeys(people), pushAt, pushPause, mailAt)
}

/** A device looked by itself: it is not rung, and its person is not mailed. */
export async function settleVisit(
  db: Executor,
  { household, device, person }: Member,
): Promise<void> {
  await settle(db, ...pushKey({ household, device }), principalId.bytes(person))
}

/** Forgets everybody in a household but these. */
export async function keepOnly(
  db: Executor,
  { household, devices, people }: Members,
): Promise<void> {
  await tidy(db, householdId.bytes(household), deviceKeys(devices), personKeys(people))
}

function pushKey({ household, device }: PushName): [Uint8Array, Uint8Array] {
  return [householdId.bytes(household), deviceId.bytes(device)]
}

function mailKey({ household, person }: MailName): [Uint8Array, Uint8Array] {
  return [householdId.bytes(household), principalId.bytes(person)]
}

/** As pg wants the elements of an array of bytea. */
function deviceKeys(devices: readonly DeviceId[]): Buffer[] {
  return devices.map((device) => Buffer.from(deviceId.bytes(device)))
}

function personKeys(people: readonly PrincipalId[]): Buffer[] {
  return people.map((person) => Buffer.from(principalId.bytes(person)))
}
