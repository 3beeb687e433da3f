import { PawpostError } from '../../protocol/errors.ts'
import type { AccountId } from '../../protocol/ids.ts'
import type { Recipient } from '../platform/mail.ts'
import type { Entering } from '../sessions/sessions.ts'
import { normaliseAddress } from './address.ts'
import { hashMailedCode, newMailedCode } from './codes.ts'
import { blockedMail, mustChangeMail, resetMail } from './mails.ts'
import { type Accounts, type Asker, CODE_MS, keyOf } from './parts.ts'
import { insertMailedCode, type Purpose, takeMailedCode } from './password-store.ts'
import { findAccount } from './store.ts'

/**
 * Mails a code for a new password, if the address has an account. The answer is the same for any
 * address, and when there were too many mails. Throws `address-invalid`, `too-many` by source.
 */
export async function askReset(
  accounts: Accounts,
  email: string,
  { source, language }: Asker,
): Promise<void> {
  const { db, vault, limiters, throttles, mailer } = accounts
  const address = normaliseAddress(email)
  if (source !== undefined) limiters.codeBySource.charge(source)
  const indexes = await vault.indexesOf(address)
  const key = keyOf(indexes[0])
  if (!(await throttles.take('resetByAddress', key))) return
  const found = await findAccount(db, indexes)
  if (!found || !(await throttles.take('mailByAddress', key))) return
  const way = await newCodeFor(accounts, found.account, 'reset')
  await mailer.send(resetMail({ to: address, language }, way))
}

/** Mails the owner of a password that may not stay the way to a new one, now and then. */
export async function mailMustChange(
  accounts: Accounts,
  account: AccountId,
  who: Recipient,
): Promise<void> {
  const { throttles, mailer } = accounts
  if (!(await throttles.take('mustChangeByAccount', account))) return
  await mailer.send(mustChangeMail(who, await newCodeFor(accounts, account, 'reset')))
}

/** Mails the owner of an account that is being guessed at a way past the limits, now and then. */
export async function mailUnblock(
  accounts: Accounts,
  account: AccountId,
  who: Recipient,
): Promise<void> {
  const { throttles, mailer } = accounts
  if (!(await throttles.take('unblockByAddress', account))) return
  const { link } = await newCodeFor(accounts, account, 'unblock')
  await mailer.send(blockedMail(who, link))
}

/** Makes the browser known to the account of a code. Throws `code-wrong`. */
export async function unblock(accounts: Accounts, code: string, call: Entering): Promise<void> {
  const { db, clock, limiters, sessions } = accounts
  if (call.source !== undefined) limiters.codeBySource.charge(call.source)
  const mailed = { code: hashMailedCode(code), purpose: 'unblock' } as const
  const account = await takeMailedCode(db, mailed, new Date(clock.now()))
  if (!account) throw new PawpostError('code-wrong')
  await sessions.remember(account, call)
}

/** The code stands behind the #: no server and no proxy on the way sees it. */
async function newCodeFor(
  { db, clock, origins }: Accounts,
  account: AccountId,
  purpose: Purpose,
): Promise<{ code: string; link: string }> {
  const code = newMailedCode()
  const now = clock.now()
  const times = { now: new Date(now), expiresAt: new Date(now + CODE_MS) }
  await insertMailedCode(db, account, { code: hashMailedCode(code), purpose }, times)
  return { code, link: `${origins().canonical}/${purpose}#${code}` }
}
