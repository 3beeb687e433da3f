import type { z } from 'zod'
import type { checkUp, deleteAccount, exportAccount } from '../../protocol/api/accounts.ts'
import type { Language } from '../../protocol/api/languages.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { listDevices } from '../factors/factors.ts'
import { askedOf, breachesOf } from '../breaches/breaches.ts'
import { WORDS } from '../mail/mail.ts'
import type { SessionCaller } from '../platform/http/callers.ts'
import type { Log } from '../platform/log.ts'
import { countBrowsers } from '../sessions/sessions.ts'
import type { Database } from '../tables.ts'
import type { AccountVault } from '../vault/vault.ts'
import { requirePassword } from './changing.ts'
import { countOf, deleteLeavers, findLeavers, removeAccount } from './leaving-store.ts'
import { deletedMail } from './mails.ts'
import type { Accounts } from './parts.ts'
import { findKept, type Kept } from './password-store.ts'

type CheckUp = z.input<(typeof checkUp)['response']>
type Export = z.input<(typeof exportAccount)['response']>
type Certificate = z.input<(typeof deleteAccount)['response']>

const MONTH_MS = 30 * 24 * 3_600_000

/** What the security check-up shows. Throws `sign-in-needed`. */
export async function checkUpOf(accounts: Accounts, caller: SessionCaller): Promise<CheckUp> {
  const { db, clock, sessions, factorsOf } = accounts
  const { breached, passwordSetAt } = await keptOf(accounts, caller)
  const age = Math.max(0, clock.now() - passwordSetAt.getTime())
  return {
    passwordMonths: Math.floor(age / MONTH_MS),
    ...(breached !== null && { passwordBreached: breached }),
    addressBreaches: await askedOf(db, caller.account, passwordSetAt),
    sessions: (await sessions.list(caller)).length,
    browsers: await countBrowsers(db, caller.account),
    factors: await factorsOf(caller.account),
  }
}

/** Everything there is of an account, with a note in the language of the answer. Throws `sign-in-needed` and `too-many`. */
export async function exportOf(
  accounts: Accounts,
  caller: SessionCaller,
  answer: Language,
): Promise<Export> {
  const { db, vault, sessions, factorsOf, limiters } = accounts
  const { account } = caller
  limiters.exportByAccount.charge(account)
  const { address, language, breached, createdAt, passwordSetAt } = await keptOf(accounts, caller)
  return {
    account,
    address: await vault.openAddress({ account, sealed: address }, 'export'),
    language,
    createdAt: createdAt.toISOString(),
    passwordSetAt: passwordSetAt.toISOString(),
    ...(breached !== null && { passwordBreached: breached }),
    addressBreaches: await breachesOf(db, account),
    sessions: await sessions.list(caller),
    browsers: await countBrowsers(db, account),
    factors: await factorsOf(account),
    trustedDevices: await listDevices(accounts, account),
    note: WORDS[answer].exportNote,
  }
}

async function keptOf({ db }: Accounts, { account }: SessionCaller): Promise<Kept> {
  const kept = await findKept(db, account)
  if (!kept) throw new PawpostError('sign-in-needed')
  return kept
}

/**
 * Deletes an account: its rows in one commit, then its keys in the vault. A crash between the two is
 * made good at the next start. Throws `password-wrong`.
 */
export async function deleteOwn(
  accounts: Accounts,
  caller: SessionCaller,
  { current, language: answer }: { current: string; language: Language },
): Promise<Certificate> {
  const { db, vault, clock, log, factorsOf, mailer } = accounts
  const { account } = caller
  const kept = await requirePassword(accounts, caller, current)
  const address = await vault
    .openAddress({ account, sealed: kept.address }, 'notice')
    .catch(() => undefined)
  const factors = await factorsOf(account)
  const deleted = await db.transaction().execute(async (transaction) => {
    const counts = await countOf(transaction, account)
    await removeAccount(transaction, account)
    return counts
  })
  const keysDestroyed = await forgetLeavers({ db, vault, log })
  if (address !== undefined)
    await mailer.send(deletedMail({ to: address, language: kept.language }))
  const deletedAt = new Date(clock.now()).toISOString()
  return {
    account,
    deletedAt,
    deleted: { ...deleted, ...factors },
    keysDestroyed,
    note: WORDS[answer].deletionNote,
  }
}

/** Destroys the keys of accounts that are gone. Returns of how many. Repeatable. */
export async function forgetLeavers(parts: {
  readonly db: Database
  readonly vault: Pick<AccountVault, 'forgetAccounts'>
  readonly log: Log
}): Promise<number> {
  const { db, vault, log } = parts
  const leavers = await findLeavers(db)
  if (leavers.length === 0) return 0
  await vault.forgetAccounts(leavers)
  await deleteLeavers(db, leavers)
  log.info({ accounts: leavers.length }, 'destroyed the keys of deleted accounts')
  return leavers.length
}
