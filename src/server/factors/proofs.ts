import { PawpostError } from '../../protocol/errors.ts'
import type { SessionCaller } from '../platform/http/callers.ts'
import { type Factors, MINUTE, nowOf } from './parts.ts'
import { beganAfter, findPassword } from './store.ts'

/** How long a proof is good: signing in, or proving it anew, which starts a new session. */
const FRESH_MS = 10 * MINUTE

/** Throws `proof-needed` unless the person of this session proved lately who they are. */
export async function requireProof(factors: Factors, { session }: SessionCaller): Promise<void> {
  const after = nowOf(factors, -FRESH_MS)
  if (!(await beganAfter(factors.db, Buffer.from(session), after))) {
    throw new PawpostError('proof-needed')
  }
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
