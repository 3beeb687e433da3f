import { createHash, randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { PawpostError } from '../../protocol/errors.ts'
import type { AccountId } from '../../protocol/ids.ts'
import type { Clock } from '../platform/clock.ts'
import type { SessionCaller } from '../platform/http/callers.ts'
import type { Database } from '../tables.ts'
import { noCookie, readToken, sessionCookie } from './cookie.ts'
import {
  deleteOldSessions,
  deleteSession,
  findSession,
  insertSession,
  type StoredSession,
  touchSession,
} from './store.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A session ends when it was not used for this long, and after this long in any case. */
const IDLE_MS = 30 * DAY
const ABSOLUTE_MS = 90 * DAY
/** How exactly its last use is kept: it is a trace of a person, and a write. */
const SEEN_MS = HOUR

/** Sessions of signed-in accounts, carried by a cookie. */
export interface Sessions {
  /**
   * Starts a session, ending the one the caller came with: a token never outlives a sign-in.
   * Returns the value of Set-Cookie.
   */
  start(account: AccountId, headers: IncomingHttpHeaders): Promise<string>
  /** Who the cookie stands for. Throws `sign-in-needed`. */
  caller(headers: IncomingHttpHeaders): Promise<SessionCaller>
  /** Ends a session. Returns the value of Set-Cookie. */
  end(caller: SessionCaller): Promise<string>
}

export function createSessions(db: Database, clock: Clock): Sessions {
  return {
    async start(account, headers) {
      const old = readToken(headers.cookie)
      if (old) await deleteSession(db, digest(old))
      const now = clock.now()
      await deleteOldSessions(db, account, limits(now))
      const token = randomBytes(32)
      const at = new Date(now)
      await insertSession(db, { token: digest(token), account, createdAt: at, seenAt: at })
      return sessionCookie(token.toString('base64url'))
    },
    async caller(headers) {
      const token = readToken(headers.cookie)
      const session = token && (await findSession(db, digest(token)))
      const now = clock.now()
      if (!session || isOver(session, now)) throw new PawpostError('sign-in-needed')
      if (now - session.seenAt.getTime() > SEEN_MS) {
        await touchSession(db, session.token, new Date(now))
      }
      return { account: session.account, session: session.token }
    },
    async end({ session }) {
      await deleteSession(db, Buffer.from(session))
      return noCookie()
    },
  }
}

function limits(now: number): { seenBefore: Date; createdBefore: Date } {
  return { seenBefore: new Date(now - IDLE_MS), createdBefore: new Date(now - ABSOLUTE_MS) }
}

function isOver({ seenAt, createdAt }: StoredSession, now: number): boolean {
  const { seenBefore, createdBefore } = limits(now)
  return seenAt < seenBefore || createdAt < createdBefore
}

function digest(token: Buffer): Buffer {
  return createHash('sha256').update(token).digest()
}
