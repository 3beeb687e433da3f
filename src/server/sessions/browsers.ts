import { createHash, randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { sql } from 'kysely'
import type { AccountId } from '../../protocol/ids.ts'
import type { Database } from '../tables.ts'
import { deleteDevicesOf } from '../factors/factors.ts'
import { knownCookie, readKnown } from './cookie.ts'

const DAY = 24 * 3_600_000
/** As long as a browser keeps the cookie. */
const FORGOTTEN_MS = 400 * DAY
/** Browsers that are known at most; the longest unused are forgotten. */
const MOST = 50
/** Wrong passwords in a row, after which a browser is known no more. */
const FAILURES = 100

/** A browser that an account was signed in with: what its cookie is kept as. */
export type KnownBrowser = Buffer

/** The browser of a request, if the account knows it. */
export async function findBrowser(
  db: Database,
  account: AccountId,
  headers: IncomingHttpHeaders,
): Promise<KnownBrowser | undefined> {
  const token = readKnown(headers.cookie)
  if (!token) return undefined
  const row = await db
    .selectFrom('known_browsers')
    .select('token')
    .where('account', '=', account)
    .where('token', '=', bound(account, token))
    .executeTakeFirst()
  return row?.token
}

/**
 * Makes the browser of a request known to an account. Returns the value of Set-Cookie, and whether
 * it was known before.
 */
export async function rememberBrowser(
  db: Database,
  account: AccountId,
  headers: IncomingHttpHeaders,
  now: number,
): Promise<{ cookie: string; known: boolean }> {
  const known = (await findBrowser(db, account, headers)) !== undefined
  const token = readKnown(headers.cookie) ?? randomBytes(32)
  const at = new Date(now)
  await db
    .insertInto('known_browsers')
    .values({ account, token: bound(account, token), seen_at: at })
    .onConflict((conflict) =>
      conflict.columns(['account', 'token']).doUpdateSet({ seen_at: at, failures: 0 }),
    )
    .execute()
  await forgetOld(db, account, now)
  return { cookie: knownCookie(token.toString('base64url')), known }
}

async function forgetOld(db: Database, account: AccountId, now: number): Promise<void> {
  const kept = db
    .selectFrom('known_browsers')
    .select('token')
    .where('account', '=', account)
    .where('seen_at', '>=', new Date(now - FORGOTTEN_MS))
    .orderBy('seen_at', 'desc')
    .limit(MOST)
  await db
    .deleteFrom('known_browsers')
    .where('account', '=', account)
    .where('token', 'not in', kept)
    .execute()
}

/**
 * Counts a wrong password before it is looked at. False when there were a hundred in a row: then
 * the browser is forgotten, and is a stranger as any other.
 */
export async function countBrowser(
  db: Database,
  account: AccountId,
  browser: KnownBrowser,
): Promise<boolean> {
  const row = await db
    .updateTable('known_browsers')
    .set({ failures: sql`failures + 1` })
    .where('account', '=', account)
    .where('token', '=', browser)
    .returning('failures')
    .executeTakeFirst()
  const allowed = row !== undefined && row.failures <= FAILURES
  if (!allowed) await deleteBrowser(db, account, browser)
  return allowed
}

async function deleteBrowser(
  db: Database,
  account: AccountId,
  browser: KnownBrowser,
): Promise<void> {
  await db
    .deleteFrom('known_browsers')
    .where('account', '=', account)
    .where('token', '=', browser)
    .execute()
}

/** Its password was right: the wrong ones before do not count any more. */
export async function forgiveBrowser(
  db: Database,
  account: AccountId,
  browser: KnownBrowser,
): Promise<void> {
  await db
    .updateTable('known_browsers')
    .set({ failures: 0 })
    .where('account', '=', account)
    .where('token', '=', browser)
    .execute()
}

/**
 * Forgets all browsers of an account but the one of a request, and all devices that it is not asked
 * for a second factor on.
 */
export async function forgetBrowsers(
  db: Database,
  account: AccountId,
  but?: IncomingHttpHeaders,
): Promise<void> {
  await deleteDevicesOf(db, account)
  const kept = readKnown(but?.cookie)
  const token = kept ? bound(account, kept) : Buffer.alloc(0)
  await db
    .deleteFrom('known_browsers')
    .where('account', '=', account)
    .where('token', '<>', token)
    .execute()
}

export async function countBrowsers(db: Database, account: AccountId): Promise<number> {
  const row = await db
    .selectFrom('known_browsers')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('account', '=', account)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** One browser has another hash for each account: a dump does not join them. */
function bound(account: AccountId, token: Buffer): Buffer {
  return createHash('sha256').update(`known/v1\0${account}\0`).update(token).digest()
}
