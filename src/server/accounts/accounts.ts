import { randomBytes } from 'node:crypto'
import { PawpostError } from '../../protocol/errors.ts'
import { accountId, type AccountId } from '../../protocol/ids.ts'
import { requireGoodPassword, type Passwords } from '../passwords/passwords.ts'
import type { Clock } from '../platform/clock.ts'
import type { Mailer } from '../platform/mail.ts'
import type { Database } from '../tables.ts'
import { normaliseAddress, parseAddress } from './address.ts'
import { isSameCode, newCode, sealCode } from './codes.ts'
import { createLimiters, type Limiters } from './limits.ts'
import { codeMail, knownMail } from './mails.ts'
import {
  type Code,
  countTry,
  deleteOldSignUps,
  deleteSignUp,
  findAccount,
  findSignUp,
  insertAccount,
  insertSignUp,
  replaceCode,
  type SignUp,
} from './store.ts'

const MINUTE = 60_000
const CODE_MS = 20 * MINUTE
const SIGN_UP_MS = 24 * 60 * MINUTE
/** Tries per code and codes per sign-up: together they bound what guessing can do. */
const TRIES = 5
const CODES = 5

type Credentials = { readonly email: string; readonly password: string }
/** What a limit counts a caller by; undefined on this machine itself. */
type Source = string | undefined

/** What accounts are made with. */
export type Accounts = {
  readonly db: Database
  readonly passwords: Passwords
  readonly mailer: Mailer
  readonly clock: Clock
  readonly limiters: Limiters
  /** Seals the codes that wait to be entered. */
  readonly codeKey: Uint8Array
}

/**
 * Accounts: an address that was confirmed, and a password. No answer, and no time an answer takes,
 * says whether an address has an account; its owner learns by mail.
 */
export function createAccounts(parts: Omit<Accounts, 'limiters'>): Accounts {
  return { ...parts, limiters: createLimiters(parts.clock) }
}

/**
 * Begins an account and mails a code. An address that has an account gets the same answer and a
 * different mail. Throws `address-invalid` or a code of the password rules.
 */
export async function signUp(
  accounts: Accounts,
  credentials: Credentials,
  source: Source,
): Promise<AccountId> {
  const { db, passwords, limiters, clock } = accounts
  const address = normaliseAddress(credentials.email)
  requireGoodPassword(credentials.password, address)
  if (source !== undefined) limiters.signUpBySource.charge(source)
  limiters.mailByAddress.charge(address)
  const account = accountId.from(randomBytes(16))
  const password = await passwords.hash(credentials.password)
  const { plain, sealed } = prepareCode(accounts, account)
  await deleteOldSignUps(db, earliest(accounts))
  await insertSignUp(db, { account, address, password }, sealed, new Date(clock.now()))
  await mail(accounts, address, plain)
  return account
}

/** Turns a sign-up into an account. Throws `code-wrong`. */
export async function confirm(
  { db, clock, limiters, codeKey }: Accounts,
  account: AccountId,
  code: string,
  source: Source,
): Promise<AccountId> {
  if (source !== undefined) limiters.codeBySource.charge(source)
  const now = new Date(clock.now())
  const found = await countTry(db, account, { now, most: TRIES })
  const right = found && isSameCode(found.code, sealCode(codeKey, account, code))
  if (!right || !(await settle(db, found, now))) throw new PawpostError('code-wrong')
  return account
}

/** Mails a new code, if there is a sign-up that may still have one. */
export async function resend(
  accounts: Accounts,
  account: AccountId,
  source: Source,
): Promise<void> {
  const { limiters } = accounts
  if (source !== undefined) limiters.codeBySource.charge(source)
  limiters.codeByAccount.charge(account)
  await mailNewCode(accounts, account)
}

/**
 * Throws `sign-in-refused`; `address-unconfirmed` with the account to confirm as its reason when
 * the password is that of a sign-up.
 */
export async function signIn(
  accounts: Accounts,
  { email, password }: Credentials,
  source: Source,
): Promise<AccountId> {
  const { db, passwords, limiters } = accounts
  const address = parseAddress(email)
  if (address === undefined) throw new PawpostError('sign-in-refused')
  if (source !== undefined) limiters.signInBySource.charge(source)
  limiters.signInByAddress.charge(address)
  const account = await findAccount(db, address)
  if ((await passwords.verify(account?.password, password)) && account) return account.account
  // Every failure looks for a sign-up, too, and takes the time of two hashes.
  const pending = await findSignUp(db, address, earliest(accounts))
  const matches = await passwords.verify(pending?.password, password)
  if (!matches || !pending) throw new PawpostError('sign-in-refused')
  await mailNewCode(accounts, pending.account)
  throw new PawpostError('address-unconfirmed', pending.account)
}

function prepareCode(
  { clock, codeKey }: Accounts,
  account: AccountId,
): { plain: string; sealed: Code } {
  const plain = newCode()
  const expiresAt = new Date(clock.now() + CODE_MS)
  return { plain, sealed: { code: sealCode(codeKey, account, plain), expiresAt } }
}

async function mailNewCode(accounts: Accounts, account: AccountId): Promise<void> {
  const { db, limiters } = accounts
  const { plain, sealed } = prepareCode(accounts, account)
  const allowed = { after: earliest(accounts), most: CODES }
  const address = await replaceCode(db, account, sealed, allowed)
  if (address === undefined || !limiters.mailByAddress.take(address)) return
  await mail(accounts, address, plain)
}

async function mail({ db, mailer }: Accounts, address: string, code: string): Promise<void> {
  const known = await findAccount(db, address)
  await mailer.send(known ? knownMail(address) : codeMail(address, code))
}

function settle(db: Database, found: SignUp, at: Date): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const mine = await deleteSignUp(transaction, found.account)
    return mine && (await insertAccount(transaction, found, at))
  })
}

/** Sign-ups older than this are forgotten. */
function earliest({ clock }: Accounts): Date {
  return new Date(clock.now() - SIGN_UP_MS)
}
