import type { IncomingHttpHeaders } from 'node:http'
import type { AccountId } from '../../protocol/ids.ts'
import type { Clock } from '../platform/clock.ts'
import type { Origins } from '../platform/http/origin.ts'
import { createLimiter, type Limit, type Limiter } from '../platform/limiter.ts'
import type { Database } from '../tables.ts'
import type { Vault } from '../vault/vault.ts'

const SECOND = 1000
export const MINUTE = 60 * SECOND
export const DAY = 24 * 60 * MINUTE

/** How long a challenge, a pending sign-in and a secret that was shown are good. */
export const CEREMONY_MS = 5 * MINUTE

/** What the owner of an account is told by mail. */
export const FACTOR_NEWS = [
  'factor-added',
  'factor-removed',
  'second-factor-failed',
  'recovery-code-used',
  'recovery-codes-renewed',
  'device-remembered',
] as const
export type FactorNews = (typeof FACTOR_NEWS)[number]

export type FactorParts = {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'newTotp' | 'checkTotp' | 'verifyPassword'>
  /** Tags devices that are remembered; lies outside of the database. */
  readonly deviceKey: Uint8Array
  /** Our own origins; known once the port is. */
  readonly origins: () => Origins
  /** Whether everybody has to have a second factor. */
  readonly required: boolean
  /** Ends all sessions of an account but that of a request, in a transaction. */
  readonly endOthers: (
    account: AccountId,
    but: IncomingHttpHeaders,
    within: Database,
  ) => Promise<void>
  /** Tells the owner of an account by mail. */
  readonly notify: (account: AccountId, news: FactorNews) => Promise<void>
  /** Whether the account's password is long enough to be the only proof (15 characters). */
  readonly passwordStandsAlone: (account: AccountId) => Promise<boolean>
}

const LIMITS = {
  /** Challenges and assertions of people who are nobody yet. */
  passkeyBySource: { burst: 40, everyMs: 5 * SECOND },
  /** Guesses of whoever holds a session and not the password. */
  proofByAccount: { burst: 10, everyMs: 30 * SECOND },
  /** How much mail somebody who knows the password can make us send. */
  failureMailByAccount: { burst: 3, everyMs: 60 * MINUTE },
} as const satisfies Record<string, Limit>

/** What second factors are made with. */
export type Factors = FactorParts & {
  readonly limiters: Readonly<Record<keyof typeof LIMITS, Limiter>>
}

export function withLimiters(parts: FactorParts): Factors {
  const { clock } = parts
  const limiters = {
    passkeyBySource: createLimiter(LIMITS.passkeyBySource, clock),
    proofByAccount: createLimiter(LIMITS.proofByAccount, clock),
    failureMailByAccount: createLimiter(LIMITS.failureMailByAccount, clock),
  }
  return { ...parts, limiters }
}

/** This moment, and one `ms` later. */
export function nowOf({ clock }: Pick<FactorParts, 'clock'>, ms = 0): Date {
  return new Date(clock.now() + ms)
}
