import { PawpostError } from '../../protocol/errors.ts'
import type { AccountId } from '../../protocol/ids.ts'
import { totpText, totpUri } from '../vault/vault.ts'
import { CEREMONY_MS, type Factors, MINUTE, nowOf } from './parts.ts'
import {
  acceptStep,
  countTotpTry,
  findEnrolment,
  findTotp,
  putEnrolment,
  settleEnrolment,
} from './totp-store.ts'

/**
 * Guesses in a row: ten at once, then one in a quarter of an hour, and none after a hundred (NIST SP
 * 800-63B-4 section 3.2.2) until a passkey or a recovery code showed that the owner is here. Whoever
 * has the password guesses right with 3 in 10,000 then.
 */
const FREE = 10
const MOST = 100
const WAIT_MS = 15 * MINUTE

/** Makes a secret that counts once its first code came. */
export async function enrolTotp(
  factors: Factors,
  account: AccountId,
): Promise<{ secret: string; uri: string }> {
  const { db, vault, origins } = factors
  const { secret, sealed } = await vault.newTotp(account)
  const kept = { secret: sealed, expiresAt: nowOf(factors, 2 * CEREMONY_MS) }
  await putEnrolment(db, account, kept, nowOf(factors))
  const label = new URL(origins().canonical).hostname
  return { secret: totpText(secret), uri: totpUri(secret, label) }
}

/** Checks the first code of a secret and makes it count. Throws `factor-refused`. */
export async function confirmTotp(
  factors: Factors,
  account: AccountId,
  code: string,
): Promise<void> {
  const { db, vault, clock } = factors
  const now = nowOf(factors)
  const secret = await findEnrolment(db, account, now)
  const kept = secret && { account, sealed: secret }
  const step = kept && (await vault.checkTotp(kept, code, { now: clock.now(), last: -1 }))
  const right = step !== undefined && secret
  if (!right || !(await settleEnrolment(db, account, { secret, step, now }))) {
    throw new PawpostError('factor-refused')
  }
}

/** Checks a code, good once. Throws `factor-refused`, and `too-many` after too many wrong ones. */
export async function checkTotp(factors: Factors, account: AccountId, code: string): Promise<void> {
  const { db, vault, clock } = factors
  const limit = { free: FREE, most: MOST, before: nowOf(factors, -WAIT_MS) }
  const kept = await countTotpTry(db, account, nowOf(factors), limit)
  if (!kept) {
    throw new PawpostError((await findTotp(db, account)) ? 'too-many' : 'factor-refused')
  }
  const times = { now: clock.now(), last: kept.lastStep }
  const step = await vault.checkTotp({ account, sealed: kept.secret }, code, times)
  if (step === undefined || !(await acceptStep(db, account, step))) {
    throw new PawpostError('factor-refused')
  }
}
