import type { IncomingHttpHeaders } from 'node:http'
import { PawpostError } from '../../protocol/errors.ts'
import type { AccountId } from '../../protocol/ids.ts'
import type { Entering } from '../sessions/sessions.ts'
import { NOT_REMEMBERED } from './devices.ts'
import { newShortCookie, readShortCookie, SHORT_COOKIES } from './cookies.ts'
import { CEREMONY_MS, type Factors, nowOf } from './parts.ts'
import {
  countFactors,
  countPendingTry,
  deletePending,
  findPending,
  insertPending,
  type Waiting,
} from './store.ts'

/** A sign-in whose password was right and whose second factor is awaited. */
export type Pending = {
  /** The value of Set-Cookie. */
  readonly cookie: string
  /** What would complete it. */
  readonly ways: readonly ('totp' | 'passkey' | 'recovery-code')[]
}

const TRIES = 5

/** The sign-in that now waits for a second factor; undefined if the account has none. */
export async function pendingFor(
  factors: Factors,
  account: AccountId,
): Promise<Pending | undefined> {
  const { totp, passkeys, recoveryCodes } = await countFactors(factors.db, account)
  if (totp + passkeys === 0) return undefined
  const { cookie, hash } = newShortCookie(SHORT_COOKIES.pending, CEREMONY_MS)
  const pending = { token: hash, account, expiresAt: nowOf(factors, CEREMONY_MS) }
  await insertPending(factors.db, pending, nowOf(factors))
  const ways = { totp, passkey: passkeys, 'recovery-code': recoveryCodes } as const
  const open = (['totp', 'passkey', 'recovery-code'] as const).filter((way) => ways[way] > 0)
  return { cookie, ways: open }
}

/**
 * Where an account has a second factor, begins a wait for it and throws `second-factor-needed`: its
 * reason names what would complete it.
 */
export async function requireNoSecond(
  factors: Factors,
  account: AccountId,
  { setHeader }: Pick<Entering, 'setHeader'>,
): Promise<void> {
  const pending = await pendingFor(factors, account)
  if (!pending) return
  setHeader('set-cookie', pending.cookie)
  throw new PawpostError('second-factor-needed', pending.ways.join(' '))
}

/** Whose sign-in waits, without counting a try. Throws `sign-in-needed`. */
export async function waitingFor(
  factors: Factors,
  headers: IncomingHttpHeaders,
): Promise<{ account: AccountId; token: Buffer }> {
  const token = tokenOf(headers)
  const account = await findPending(factors.db, token, waitingAt(factors))
  if (!account) throw new PawpostError('sign-in-needed')
  return { account, token }
}

/**
 * Completes a waiting sign-in if `check` does not throw: returns whose it is. Throws
 * `sign-in-needed` when none waits, or no longer.
 */
export async function complete<T>(
  factors: Factors,
  headers: IncomingHttpHeaders,
  check: (account: AccountId, token: Buffer) => Promise<T>,
): Promise<{ account: AccountId; checked: T }> {
  const { db } = factors
  const token = tokenOf(headers)
  const account = await countPendingTry(db, token, waitingAt(factors))
  if (!account) throw new PawpostError('sign-in-needed')
  const checked = await check(account, token).catch(async (error: unknown) => {
    await tellOfFailure(factors, account, error)
    throw error
  })
  if (!(await deletePending(db, token))) throw new PawpostError('sign-in-needed')
  return { account, checked }
}

/** Whoever fails here knows the password: its owner should hear of it. */
async function tellOfFailure(factors: Factors, account: AccountId, error: unknown): Promise<void> {
  const wrong = error instanceof PawpostError && error.code === 'factor-refused'
  // Its own device tried first, and was forgotten meanwhile: no reason to be alarmed.
  if (wrong && error.reason === NOT_REMEMBERED) return
  if (wrong && factors.limiters.failureMailByAccount.take(account)) {
    await factors.notify(account, 'second-factor-failed')
  }
}

function waitingAt(factors: Factors): Waiting {
  return { now: nowOf(factors), ms: CEREMONY_MS, most: TRIES }
}

function tokenOf({ cookie }: IncomingHttpHeaders): Buffer {
  const token = readShortCookie(SHORT_COOKIES.pending, cookie)
  if (!token) throw new PawpostError('sign-in-needed')
  return token
}
