import type { Language } from '../../protocol/api/languages.ts'
import { toHex } from '../../protocol/bytes.ts'
import type { AccountId } from '../../protocol/ids.ts'
import { createQueue, type PasswordRules } from '../passwords/passwords.ts'
import type { Clock } from '../platform/clock.ts'
import type { Origins } from '../platform/http/origin.ts'
import type { Log } from '../platform/log.ts'
import type { Mailer } from '../platform/mail.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { Database } from '../tables.ts'
import type { AccountVault } from '../vault/vault.ts'
import { createLimiters, type Limiters } from './limits.ts'
import { createThrottles, type Throttles } from './throttles.ts'

export const MINUTE = 60_000
/** How long a code that was mailed is good. */
export const CODE_MINUTES = 10
export const CODE_MS = CODE_MINUTES * MINUTE

export type Credentials = { readonly email: string; readonly password: string }
/** What a limit counts a caller by; undefined on this machine itself. */
export type Source = string | undefined
/** Somebody who is nobody yet: where from, and in which language they are answered. */
export type Asker = { readonly source: Source; readonly language: Language }

/** How many second factors of each kind an account has. */
export type FactorCounts = {
  readonly totp: number
  readonly passkeys: number
  readonly recoveryCodes: number
}

export type AccountParts = {
  readonly db: Database
  readonly vault: AccountVault
  readonly mailer: Mailer
  readonly clock: Clock
  readonly log: Log
  readonly sessions: Sessions
  readonly rules: Pick<PasswordRules, 'require' | 'screen' | 'stages' | 'shields'>
  /** Seals the codes that wait to be entered, and the names of throttles. */
  readonly codeKey: Uint8Array
  /** Our own origins; known once the port is. */
  readonly origins: () => Origins
  readonly factorsOf: (account: AccountId) => Promise<FactorCounts>
  /** Whether everybody has to have a second factor. */
  readonly factorRequired: boolean
}

/** What accounts are made with. */
export type Accounts = AccountParts & {
  readonly limiters: Limiters
  readonly throttles: Throttles
  /**
   * Whoever is nobody yet hashes in here: so many at once, so many waiting, the rest is `busy`. The
   * longer queue of the vault then has room for people whose browser is known.
   */
  readonly strangers: <T>(work: () => Promise<T>) => Promise<T>
}

/**
 * Accounts: an address that was confirmed, and a password. No answer, and no time an answer takes,
 * says whether an address has an account; its owner learns by mail.
 */
export function createAccounts(parts: AccountParts): Accounts {
  const { db, clock, codeKey } = parts
  return {
    ...parts,
    limiters: createLimiters(clock),
    throttles: createThrottles({ db, clock, key: codeKey }),
    strangers: createQueue({ atOnce: 16, waiting: 64 }),
  }
}

/** What a limit counts an address by. */
export function keyOf(index: { readonly index: Uint8Array } | undefined): string {
  return index ? toHex(index.index) : ''
}
