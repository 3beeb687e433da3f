import type { IncomingHttpHeaders } from 'node:http'
import { PawpostError } from '../../protocol/errors.ts'
import type { AccountId } from '../../protocol/ids.ts'
import { deletePendingOf } from '../factors/factors.ts'
import type { SessionCaller } from '../platform/http/callers.ts'
import { hashMailedCode } from './codes.ts'
import { judge } from './judging.ts'
import { passwordChangedMail } from './mails.ts'
import type { Accounts, Source } from './parts.ts'
import {
  deleteMailedCodes,
  findKept,
  findMailedCode,
  type Kept,
  replacePassword,
  takeMailedCode,
} from './password-store.ts'

/**
 * Changes the password and ends all other sessions. Throws `password-wrong`, `too-many`, or a code
 * of the password rules.
 */
export async function changePassword(
  accounts: Accounts,
  { caller, headers }: { caller: SessionCaller; headers: IncomingHttpHeaders },
  { current, password }: { current: string; password: string },
): Promise<void> {
  const kept = await requirePassword(accounts, caller, current)
  accounts.limiters.changeByAccount.charge(caller.account)
  await setPassword(accounts, { account: caller.account, kept, stay: headers }, password)
}

/** Throws `password-wrong` unless it is the password of the caller's account, and `too-many`. */
export async function requirePassword(
  { db, vault, throttles }: Accounts,
  { account }: SessionCaller,
  current: string,
): Promise<Kept> {
  if (!(await throttles.take('passwordByAccount', account))) throw new PawpostError('too-many')
  const kept = await findKept(db, account)
  if (!kept) throw new PawpostError('sign-in-needed')
  const { matches } = await vault.verifyPassword({ account, sealed: kept.password }, current)
  if (!matches) throw new PawpostError('password-wrong')
  await throttles.giveBack('passwordByAccount', account)
  return kept
}

/**
 * Sets a new password by a mailed code, which is then used up, and ends all sessions. Returns whose
 * it is; that one may have to show a second factor yet. Throws `code-wrong`, or a code of the
 * password rules.
 */
export async function resetPassword(
  accounts: Accounts,
  { code, password }: { code: string; password: string },
  source: Source,
): Promise<AccountId> {
  const { db, clock, limiters, strangers } = accounts
  if (source !== undefined) limiters.codeBySource.charge(source)
  const mailed = { code: hashMailedCode(code), purpose: 'reset' } as const
  const account = await findMailedCode(db, mailed, new Date(clock.now()))
  const kept = account && (await findKept(db, account))
  if (!account || !kept) throw new PawpostError('code-wrong')
  limiters.resetByAccount.charge(account)
  await strangers(() => setPassword(accounts, { account, kept, code: mailed.code }, password))
  return account
}

type Change = {
  readonly account: AccountId
  readonly kept: Kept
  /** The request whose session stays, and whose browser stays known. */
  readonly stay?: IncomingHttpHeaders
  /** The hash of the code that is used up. */
  readonly code?: Buffer
}

async function setPassword(accounts: Accounts, change: Change, password: string): Promise<void> {
  const { db, vault, clock, sessions, mailer } = accounts
  const { account, kept, stay, code } = change
  const address = await vault.openAddress({ account, sealed: kept.address }, 'reset')
  const { totp, passkeys } = await accounts.factorsOf(account)
  const chooser = {
    address,
    stage: code ? 'reset' : 'change',
    hasFactor: totp + passkeys > 0,
  } as const
  const { verdict, alone } = await judge(accounts, chooser, password)
  const judged = { breached: verdict === 'unknown' ? null : verdict === 'breached', alone }
  const sealed = await vault.hashPassword(account, password)
  const at = new Date(clock.now())
  await db.transaction().execute(async (transaction) => {
    const mailed = code && (await takeMailedCode(transaction, { code, purpose: 'reset' }, at))
    if (code && !mailed) throw new PawpostError('code-wrong')
    await replacePassword(transaction, account, { password: sealed, at, ...judged })
    await deleteMailedCodes(transaction, account)
    await deletePendingOf(transaction, account)
    await sessions.endAll(account, stay, transaction)
  })
  await mailer.send(passwordChangedMail({ to: address, language: kept.language }))
}
