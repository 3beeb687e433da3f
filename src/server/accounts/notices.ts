import type { AccountId } from '../../protocol/ids.ts'
import type { Clock } from '../platform/clock.ts'
import { createLimiter, type Limit } from '../platform/limiter.ts'
import type { Log } from '../platform/log.ts'
import type { Mail, Mailer, Recipient } from '../platform/mail.ts'
import type { Database } from '../tables.ts'
import type { Vault } from '../vault/vault.ts'
import { findOwner } from './store.ts'

/** What the owners of accounts are told with. */
export type Notices = {
  readonly db: Database
  readonly vault: Pick<Vault, 'openAddress'>
  readonly mailer: Mailer
  readonly clock: Clock
  readonly log: Log
}

/** Mails of one kind to one owner: what makes them must not use up what the vault opens for all. */
const PACE: Limit = { burst: 10, everyMs: 10 * 60_000 }

/** Tells the owner of an account some kind of news. */
export type Tell = (account: AccountId, kind: string, write: Write) => Promise<void>
type Write = (who: Recipient) => Mail

/** Tells owners, of one kind of news not more often than they can read; the log hears of the rest. */
export function createNotices(notices: Notices): Tell {
  const pace = createLimiter(PACE, notices.clock)
  return async (account, kind, write) => {
    if (pace.take(`${kind} ${account}`)) return tellOwner(notices, account, write)
    notices.log.warn({ account, kind }, 'a notice was not sent: there were many of its kind')
  }
}

/**
 * Mails the owner of an account. What they are told of has happened already: a mail that cannot be
 * sent is noted in the log, and nothing is thrown.
 */
async function tellOwner(
  { db, vault, mailer, log }: Notices,
  account: AccountId,
  write: Write,
): Promise<void> {
  try {
    const owner = await findOwner(db, account)
    if (!owner) return
    const to = await vault.openAddress({ account, sealed: owner.address }, 'notice')
    await mailer.send(write({ to, language: owner.language }))
  } catch (err) {
    log.warn({ account, err }, 'a notice was not sent')
  }
}
