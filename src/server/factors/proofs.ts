import { PawpostError } from '../../protocol/errors.ts'
import type { SessionCaller } from '../platform/http/callers.ts'
import { type Factors, MINUTE, nowOf } from './parts.ts'
import { findPassword, hasProof, putProof } from './store.ts'

/** How long a proof is good; signing in is one. */
const FRESH_MS = 10 * MINUTE

/** Throws `proof-needed` unless the person of this session proved lately who they are. */
export async function requireProof(factors: Factors, { session }: SessionCaller): Promise<void> {
  const after = nowOf(factors, -FRESH_MS)
  if (!(await hasProof(factors.db, Buffer.from(session), after))) {
    throw new PawpostError('proof-needed')
  }
}

/** Notes a proof if `check` does not throw. Throws `too-many`. */
export async function prove(
  factors: Factors,
  caller: SessionCaller,
  check: () => Promise<unknown>,
): Promise<void> {
  factors.limiters.proofByAccount.charge(caller.account)
  await check()
  await putProof(factors.db, Buffer.from(caller.session), nowOf(factors))
}

/** Throws `factor-refused` unless it is the account's password. */
export async function checkPassword(
  { db, vault }: Factors,
  { account }: SessionCaller,
  password: string,
): Promise<void> {
  const sealed = await findPassword(db, account)
  const { matches } = await vault.verifyPassword(sealed && { account, sealed }, password)
  if (!matches) throw new PawpostError('factor-refused')
}
