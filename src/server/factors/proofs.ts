import { PawpostError } from '../../protocol/errors.ts'
import type { SessionCaller } from '../platform/http/callers.ts'
import { type Factors, MINUTE, nowOf } from './parts.ts'
import { countFactors, findBeginning, findPassword } from './store.ts'

/** How long a proof is good: signing in, or proving it anew, which starts a new session. */
const FRESH_MS = 10 * MINUTE

/**
 * Throws `proof-needed` unless the person of this session proved lately who they are: with all that
 * signing in takes. Where there is a second factor, a device that is remembered does not stand for it.
 */
export async function requireProof(factors: Factors, caller: SessionCaller): Promise<void> {
  const began = await findBeginning(factors.db, Buffer.from(caller.session))
  const isFresh = began !== undefined && began.at > nowOf(factors, -FRESH_MS)
  if (isFresh && (began.inFull || !(await hasSecond(factors, caller)))) return
  throw new PawpostError('proof-needed')
}

/**
 * For what takes the password anyway: that is a proof of its own, but where there is a second factor
 * it is not the whole. Throws `proof-needed`.
 */
export async function requireSecondProof(factors: Factors, caller: SessionCaller): Promise<void> {
  if (await hasSecond(factors, caller)) await requireProof(factors, caller)
}

async function hasSecond({ db }: Factors, { account }: SessionCaller): Promise<boolean> {
  const { totp, passkeys } = await countFactors(db, account)
  return totp + passkeys > 0
}

/** Since when it is the account's password. Throws `factor-refused` unless it is. */
export async function checkPassword(
  { db, vault }: Factors,
  { account }: SessionCaller,
  password: string,
): Promise<Date> {
  const kept = await findPassword(db, account)
  const sealed = kept && { account, sealed: kept.sealed }
  const { matches } = await vault.verifyPassword(sealed, password)
  if (!matches || !kept) throw new PawpostError('factor-refused')
  return kept.setAt
}
