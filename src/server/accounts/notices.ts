import type { AccountId } from '../../protocol/ids.ts'
import type { Log } from '../platform/log.ts'
import type { Mail, Mailer } from '../platform/mail.ts'
import type { Database } from '../tables.ts'
import type { Vault } from '../vault/vault.ts'
import { findAddress } from './store.ts'

/** What the owners of accounts are told with. */
export type Notices = {
  readonly db: Database
  readonly vault: Pick<Vault, 'openAddress'>
  readonly mailer: Mailer
  readonly log: Log
}

/**
 * Mails the owner of an account. What they are told of has happened already: a mail that cannot be
 * sent is noted in the log, and nothing is thrown.
 */
export async function tellOwner(
  { db, vault, mailer, log }: Notices,
  account: AccountId,
  write: (to: string) => Mail,
): Promise<void> {
  try {
    const sealed = await findAddress(db, account)
    if (!sealed) return
    await mailer.send(write(await vault.openAddress({ account, sealed }, 'notice')))
  } catch (err) {
    log.warn({ account, err }, 'a notice was not sent')
  }
}
