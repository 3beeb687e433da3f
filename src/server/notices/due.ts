import { deviceId, householdId, principalId } from '../../protocol/ids.ts'
import { statement, type Executor } from '../platform/statements.ts'
import type { MailName, PushName, SealedMail, SealedPush } from '../vault/vault.ts'

/** Who is due is lent out: a process that dies over it leaves it due again after a while. */
const lendPushes = statement<PushRow>(
  'lend-pushes',
  `UPDATE push_subscriptions SET due_at = $2, tries = tries + 1
   WHERE (household, device) IN (
     SELECT household, device FROM push_subscriptions WHERE due_at <= $1
     ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
   RETURNING household, device, sealed, tries`,
)
const lendMails = statement<MailRow>(
  'lend-mails',
  `UPDATE mail_notices SET due_at = $2
   WHERE (household, person) IN (
     SELECT household, person FROM mail_notices WHERE due_at <= $1
     ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
   RETURNING household, person, sealed`,
)
/** Who looked meanwhile is due no more. */
const laterPush = statement(
  'push-later',
  `UPDATE push_subscriptions SET due_at = $3
   WHERE household = $1 AND device = $2 AND due_at IS NOT NULL`,
)
const laterMail = statement(
  'mail-later',
  `UPDATE mail_notices SET due_at = $3
   WHERE household = $1 AND person = $2 AND due_at IS NOT NULL`,
)
const rung = statement(
  'push-rung',
  `UPDATE push_subscriptions SET due_at = NULL, rung_at = $3, tries = 0
   WHERE household = $1 AND device = $2`,
)
const mailed = statement(
  'mail-mailed',
  `UPDATE mail_notices SET due_at = NULL, mailed_at = $3 WHERE household = $1 AND person = $2`,
)
const quiet = statement(
  'push-quiet',
  'UPDATE push_subscriptions SET due_at = NULL, tries = 0 WHERE household = $1 AND device = $2',
)
const page = statement<Pick<PushRow, 'household' | 'device'>>(
  'push-page',
  `SELECT household, device FROM push_subscriptions WHERE (household, device) > ($1, $2)
   ORDER BY household, device LIMIT 200`,
)

type PushRow = { household: Buffer; device: Buffer; sealed: Buffer; tries: number }
type MailRow = { household: Buffer; person: Buffer; sealed: Buffer }

export type DuePush = SealedPush & { readonly tries: number }
/** What is due at a moment, at most so many, lent out until another. */
export type Lending = { readonly now: Date; readonly until: Date; readonly most: number }

export async function takePushes(db: Executor, lending: Lending): Promise<DuePush[]> {
  const rows = await lendPushes(db, lending.now, lending.until, lending.most)
  return rows.map((row) => ({ ...nameOf(row), sealed: row.sealed, tries: row.tries }))
}

export async function takeMails(db: Executor, lending: Lending): Promise<SealedMail[]> {
  const rows = await lendMails(db, lending.now, lending.until, lending.most)
  return rows.map(({ household, person, sealed }) => ({
    household: householdId.from(household),
    person: principalId.from(person),
    sealed,
  }))
}

export async function postponePush(db: Executor, name: PushName, at: Date): Promise<void> {
  await laterPush(db, ...pushKey(name), at)
}

export async function postponeMail(db: Executor, name: MailName, at: Date): Promise<void> {
  await laterMail(db, ...mailKey(name), at)
}

export async function noteRung(db: Executor, name: PushName, at: Date): Promise<void> {
  await rung(db, ...pushKey(name), at)
}

export async function noteMailed(db: Executor, name: MailName, at: Date): Promise<void> {
  await mailed(db, ...mailKey(name), at)
}

/** Gives up what is due. */
export async function giveUp(db: Executor, name: PushName): Promise<void> {
  await quiet(db, ...pushKey(name))
}

/** The subscriptions after one, in order; from the first on without. */
export async function pageOf(db: Executor, after: PushName | undefined): Promise<PushName[]> {
  const key = after ? pushKey(after) : [new Uint8Array(), new Uint8Array()]
  return (await page(db, ...key)).map(nameOf)
}

function nameOf({ household, device }: Pick<PushRow, 'household' | 'device'>): PushName {
  return { household: householdId.from(household), device: deviceId.from(device) }
}

function pushKey({ household, device }: PushName): [Uint8Array, Uint8Array] {
  return [householdId.bytes(household), deviceId.bytes(device)]
}

function mailKey({ household, person }: MailName): [Uint8Array, Uint8Array] {
  return [householdId.bytes(household), principalId.bytes(person)]
}
