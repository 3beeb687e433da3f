import { createHash, randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Language } from '../../protocol/api/languages.ts'
import type { SessionEntry } from '../../protocol/api/sessions.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { AccountId } from '../../protocol/ids.ts'
import type { Clock } from '../platform/clock.ts'
import type { SessionCaller } from '../platform/http/callers.ts'
import type { Database } from '../tables.ts'
import { forgetBrowsers, rememberBrowser } from './browsers.ts'
import { noCookie, readToken, sessionCookie } from './cookie.ts'
import { limits } from './lifetime.ts'
import { browserOf, placeOf } from './places.ts'
import * as store from './store.ts'

export {
  countBrowser,
  countBrowsers,
  findBrowser,
  forgiveBrowser,
  type KnownBrowser,
} from './browsers.ts'
export { bindDevice, hasDevice } from './devices.ts'

/** How exactly its last use is kept: it is a trace of a person, and a write. */
const SEEN_MS = 3_600_000
/** Sessions of one account at most: one more ends the oldest. */
const MOST = 100
const NAME_BYTES = 16

/** The request that signs in: where cookies come from, and go to. */
export type Entering = {
  readonly headers: IncomingHttpHeaders
  /** What limits count by; undefined on this machine itself. */
  readonly source?: string | undefined
  /** Which the caller wants to be answered in, of those that we speak. */
  readonly language?: Language | undefined
  readonly setHeader: (name: string, value: string) => void
}

/** Where somebody signed in, roughly; empty if not known. */
export type Entry = { readonly place: string; readonly browser: string; readonly at: Date }

/** How a session begins; each false if not said. */
export type Beginning = {
  /** With it the account is opened: its browser is no news to anybody. */
  readonly first?: boolean
  /** With a second factor that was just shown, or a passkey: all that any account asks for. */
  readonly inFull?: boolean
  /** The password that was shown is that of this moment. */
  readonly passwordSetAt?: Date
}

export type SessionParts = {
  readonly db: Database
  readonly clock: Clock
  /** Hears of a sign-in with a browser that the account has not seen before. */
  readonly onNewBrowser: (account: AccountId, entry: Entry) => Promise<void>
  /** Hears in which language somebody signed in, after all that they are told of it. */
  readonly onLanguage: (account: AccountId, language: Language) => Promise<void>
}

/** Sessions of signed-in accounts, carried by a cookie. */
export interface Sessions {
  /**
   * Starts a session, ending the one the caller came with: a token never outlives a sign-in. Sets
   * the cookies. Throws `sign-in-refused` where the password that was shown is none any more.
   */
  start(account: AccountId, call: Entering, options?: Beginning): Promise<void>
  /** Makes the browser of a request known to the account, without a session. */
  remember(account: AccountId, call: Entering): Promise<void>
  /** Who the cookie stands for. Throws `sign-in-needed`. */
  caller(headers: IncomingHttpHeaders): Promise<SessionCaller>
  /** Ends a session. Returns the value of Set-Cookie. */
  end(caller: SessionCaller): Promise<string>
  /** The sessions of the caller's account that are not over, the newest first. */
  list(caller: SessionCaller): Promise<SessionEntry[]>
  /** Ends a session of the caller's account, named as in the list. */
  endNamed(caller: SessionCaller, name: string): Promise<void>
  /**
   * Ends all sessions of an account, and forgets its browsers; but not those of a request that
   * stays. `within` is a transaction.
   */
  endAll(account: AccountId, but?: IncomingHttpHeaders, within?: Database): Promise<void>
}

export function createSessions(parts: SessionParts): Sessions {
  const { db, clock } = parts
  return {
    start: (account, call, beginning = {}) => start(parts, account, call, beginning),
    async remember(account, { headers, setHeader }) {
      setHeader('set-cookie', (await rememberBrowser(db, account, headers, clock.now())).cookie)
    },
    caller: (headers) => callerOf(parts, headers),
    async end({ session }) {
      await store.deleteSession(db, Buffer.from(session))
      return noCookie()
    },
    async list({ account, session }) {
      const all = await store.listSessions(db, account)
      return all.filter((one) => !isOver(one, clock.now())).map((one) => entryOf(one, session))
    },
    endNamed: ({ account }, name) => store.deleteNamed(db, account, Buffer.from(name, 'base64url')),
    async endAll(account, but, within = db) {
      const token = readToken(but?.cookie)
      await store.deleteAll(within, account, token && digest(token))
      await forgetBrowsers(within, account, but)
    },
  }
}

async function start(
  { db, clock, onNewBrowser, onLanguage }: SessionParts,
  account: AccountId,
  { headers, source, language, setHeader }: Entering,
  { first = false, inFull = false, passwordSetAt }: Beginning,
): Promise<void> {
  const old = readToken(headers.cookie)
  const before = old && (await store.deleteSession(db, digest(old)))
  const now = clock.now()
  await store.deleteOldSessions(db, account, { ...limits(now), most: MOST - 1 })
  const token = randomBytes(32)
  const at = new Date(now)
  const entry = { place: placeOf(source), browser: browserOf(headers['user-agent']), at }
  const { place, browser } = entry
  const deviceTag = before?.account === account ? before.deviceTag : null
  const session = { token: digest(token), account, createdAt: at, seenAt: at, place, browser }
  await insert(db, { ...session, inFull, deviceTag }, passwordSetAt)
  const { cookie, known } = await rememberBrowser(db, account, headers, now)
  if (!known && !first) await onNewBrowser(account, entry)
  if (language) await onLanguage(account, language)
  setHeader('set-cookie', sessionCookie(token.toString('base64url')))
  setHeader('set-cookie', cookie)
}

/** A password that is replaced at this very moment either waits for this, or is waited for. */
async function insert(
  db: Database,
  session: store.NewSession,
  passwordSetAt: Date | undefined,
): Promise<void> {
  await db.transaction().execute(async (within) => {
    const isSame = !passwordSetAt || (await store.holdPassword(within, session, passwordSetAt))
    if (!isSame) throw new PawpostError('sign-in-refused')
    await store.insertSession(within, session)
  })
}

async function callerOf(
  { db, clock }: SessionParts,
  headers: IncomingHttpHeaders,
): Promise<SessionCaller> {
  const token = readToken(headers.cookie)
  const session = token && (await store.findSession(db, digest(token)))
  const now = clock.now()
  if (!session || isOver(session, now)) throw new PawpostError('sign-in-needed')
  if (now - session.seenAt.getTime() > SEEN_MS) {
    await store.touchSession(db, session.token, new Date(now))
  }
  return { account: session.account, session: session.token }
}

function entryOf(session: store.StoredSession, current: Uint8Array): SessionEntry {
  const { token, place, browser, createdAt, seenAt } = session
  return {
    session: nameOf(token),
    current: token.equals(current),
    ...(place !== '' && { place }),
    ...(browser !== '' && { browser }),
    createdAt: createdAt.toISOString(),
    seenAt: seenAt.toISOString(),
  }
}

/** What names a session among those of its account. */
export function nameOf(token: Uint8Array): string {
  return Buffer.from(token.subarray(0, NAME_BYTES)).toString('base64url')
}

function isOver({ seenAt, createdAt }: store.StoredSession, now: number): boolean {
  const { seenBefore, createdBefore } = limits(now)
  return seenAt < seenBefore || createdAt < createdBefore
}

function digest(token: Buffer): Buffer {
  return createHash('sha256').update(token).digest()
}
