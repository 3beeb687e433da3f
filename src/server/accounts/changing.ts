import type { IncomingHttpHeaders } from 'node:http'
import { PawpostError } from '../../protocol/errors.ts'
import type { AccountId } from '../../protocol/ids.ts'
import { deletePendingOf } from '../factors/factors.ts'
import type { SessionCaller } from '../platform/http/callers.ts'
import { hashMailedCode } from './codes.ts'
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
  const judged = await judge(
    accounts,
    { account, address, stage: code ? 'reset' : 'change' },
    password,
  )
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
  await mailer.send(passwordChangedMail(address))
}

type Judged = { readonly breached: boolean | null; readonly alone: boolean }

/** Where every sign-in needs a second factor, a shorter password will do; then it has to stay. */
async function judge(
  { rules, factorsOf }: Accounts,
  { account, address, stage }: { account: AccountId; address: string; stage: 'change' | 'reset' },
  password: string,
): Promise<Judged> {
  const { totp, passkeys } = await factorsOf(account)
  const require = async (secondFactor: boolean): Promise<Judged> => {
    const verdict = await rules.require(password, { address, secondFactor, stage })
    const breached = verdict === 'unknown' ? null : verdict === 'breached'
    return { breached, alone: !secondFactor }
  }
  if (totp + passkeys === 0) return require(false)
  const judged = await require(true)
  return require(false).catch(() => judged)
}
