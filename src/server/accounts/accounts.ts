import { toHex } from '../../protocol/bytes.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { AccountId } from '../../protocol/ids.ts'
import { requireGoodPassword } from '../passwords/passwords.ts'
import type { Clock } from '../platform/clock.ts'
import type { Mailer } from '../platform/mail.ts'
import type { Database } from '../tables.ts'
import type { AccountVault, BlindIndex, Sealed } from '../vault/accounts.ts'
import { normaliseAddress, parseAddress } from './address.ts'
import { isSameCode, newCode, sealCode } from './codes.ts'
import { createLimiters, type Limiters } from './limits.ts'
import { codeMail, knownMail } from './mails.ts'
import {
  type Account,
  type Code,
  countTry,
  deleteOldSignUps,
  deleteSignUp,
  findAccount,
  findSignUp,
  insertAccount,
  insertSignUp,
  replaceCode,
  replaceHash,
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
  readonly vault: AccountVault
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
  const { db, vault, limiters, clock } = accounts
  const address = normaliseAddress(credentials.email)
  requireGoodPassword(credentials.password, address)
  if (source !== undefined) limiters.signUpBySource.charge(source)
  const [index] = await vault.indexesOf(address)
  const [account] = await vault.newAccountIds(1)
  if (!index || !account) throw new PawpostError('internal', 'vault-keyless')
  limiters.mailByAddress.charge(keyOf(index))
  const password = await vault.hashPassword(account, credentials.password)
  const sealedAddress = await vault.sealAddress(account, address)
  const { plain, sealed } = prepareCode(accounts, account)
  await vault.forgetAccounts(await deleteOldSignUps(db, earliest(accounts)))
  const signUp = { account, address: sealedAddress, password, index: index.index }
  await insertSignUp(db, signUp, sealed, new Date(clock.now()))
  await mail(accounts, address, plain)
  return account
}

/** Turns a sign-up into an account. Throws `code-wrong`. */
export async function confirm(
  accounts: Accounts,
  account: AccountId,
  code: string,
  source: Source,
): Promise<AccountId> {
  const { db, clock, limiters, codeKey } = accounts
  if (source !== undefined) limiters.codeBySource.charge(source)
  const now = new Date(clock.now())
  const found = await countTry(db, account, { now, most: TRIES })
  const right = found && isSameCode(found.code, sealCode(codeKey, account, code))
  if (!right || !(await settle(accounts, found, now))) throw new PawpostError('code-wrong')
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
  const { db, vault, limiters } = accounts
  const address = parseAddress(email)
  if (address === undefined) throw new PawpostError('sign-in-refused')
  if (source !== undefined) limiters.signInBySource.charge(source)
  const indexes = await vault.indexesOf(address)
  limiters.signInByAddress.charge(keyOf(indexes[0]))
  const account = await findAccount(db, indexes)
  if (account && (await isRight(accounts, account, password))) return account.account
  if (!account) await vault.verifyPassword(undefined, password)
  // Every failure looks for a sign-up, too, and takes the time of two hashes.
  const pending = await findSignUp(db, indexes, earliest(accounts))
  const { matches } = await vault.verifyPassword(pending && keptOf(pending), password)
  if (!matches || !pending) throw new PawpostError('sign-in-refused')
  await mailNewCode(accounts, pending.account)
  throw new PawpostError('address-unconfirmed', pending.account)
}

/** Whether it is the account's password; a hash of an older kind is replaced. */
async function isRight(
  { db, vault }: Accounts,
  account: Account,
  password: string,
): Promise<boolean> {
  const { matches, renewed } = await vault.verifyPassword(keptOf(account), password)
  if (renewed) await replaceHash(db, account.account, renewed)
  return matches
}

function keptOf({ account, password }: Account): Sealed {
  return { account, sealed: password }
}

/** What a limit counts an address by. */
function keyOf(index: BlindIndex | undefined): string {
  return index ? toHex(index.index) : ''
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
  const { db, vault, limiters } = accounts
  const { plain, sealed } = prepareCode(accounts, account)
  const allowed = { after: earliest(accounts), most: CODES }
  const kept = await replaceCode(db, account, sealed, allowed)
  if (kept === undefined) return
  const [index] = await vault.reindex({ account, sealed: kept })
  if (!limiters.mailByAddress.take(keyOf(index))) return
  await mail(accounts, await vault.openAddress({ account, sealed: kept }, 'code'), plain)
}

async function mail({ db, vault, mailer }: Accounts, address: string, code: string): Promise<void> {
  const known = await findAccount(db, await vault.indexesOf(address))
  await mailer.send(known ? knownMail(address) : codeMail(address, code))
}

/** False when the address has an account already; then the sign-up is forgotten. */
async function settle({ db, vault }: Accounts, found: SignUp, at: Date): Promise<boolean> {
  const { account, address } = found
  const indexes = await vault.reindex({ account, sealed: address })
  const made = await db.transaction().execute(async (transaction) => {
    const mine = await deleteSignUp(transaction, account)
    return mine && ((await insertAccount(transaction, found, indexes, at)) ? 'made' : 'known')
  })
  if (made === 'known') await vault.forgetAccounts([account])
  return made === 'made'
}

/** Sign-ups older than this are forgotten. */
function earliest({ clock }: Accounts): Date {
  return new Date(clock.now() - SIGN_UP_MS)
}
