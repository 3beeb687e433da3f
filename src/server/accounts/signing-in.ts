import type { Language } from '../../protocol/api/languages.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { toHex } from '../../protocol/bytes.ts'
import type { AccountId } from '../../protocol/ids.ts'
import {
  countBrowser,
  type Entering,
  findBrowser,
  forgiveBrowser,
  type KnownBrowser,
} from '../sessions/sessions.ts'
import type { Sealed } from '../vault/vault.ts'
import { earliest, mailNewCode } from './accounts.ts'
import { parseAddress } from './address.ts'
import { mailUnblock } from './mailed-codes.ts'
import { type Accounts, type Credentials, keyOf, type Source } from './parts.ts'
import { countFailure, forgiveFailures } from './password-store.ts'
import { screen } from './screening.ts'
import { type Account, findAccount, findSignUp, type Indexes, replaceHash } from './store.ts'

/** NIST SP 800-63B-4 section 3.2.2: wrong passwords in a row, wherever they come from. */
const FAILURES = 100

/** Somebody who says to be somebody. */
type Attempt = {
  /** Normalised. */
  readonly address: string
  readonly indexes: Indexes
  readonly source: Source
  /** In which they are answered. */
  readonly language: Language
  readonly account: Account | undefined
  /** The browser, if the account knows it. */
  readonly browser: KnownBrowser | undefined
}

/** Whose password was right, and since when that is the password. */
export type Admitted = Pick<Account, 'account' | 'passwordSetAt' | 'language'>

/**
 * Whose password it is. Throws `sign-in-refused`, also where tries were too many and nothing was
 * looked at: nobody can tell these apart. `too-many` depends on no address. `address-unconfirmed`
 * has the account to confirm as its reason when the password is that of a sign-up;
 * `password-must-change` says that a right one lets nobody in any more.
 */
export async function signIn(
  accounts: Accounts,
  { email, password }: Credentials,
  { headers, source, language = 'en' }: Entering,
): Promise<Admitted> {
  const { db, vault } = accounts
  const address = parseAddress(email)
  if (address === undefined) throw new PawpostError('sign-in-refused')
  const indexes = await vault.indexesOf(address)
  const account = await findAccount(db, indexes)
  const browser = account && (await findBrowser(db, account.account, headers))
  const attempt = { address, indexes, source, language, account, browser }
  await admit(accounts, attempt)
  const look = (): Promise<Admitted> => compare(accounts, attempt, password)
  const found = await (browser ? look() : accounts.strangers(look))
  await forgive(accounts, attempt, found.account)
  await screen(accounts, { ...found, address, asked: language }, password)
  return found
}

/** Counts the try before anything is hashed. */
async function admit(accounts: Accounts, attempt: Attempt): Promise<void> {
  const { account, browser, address } = attempt
  const admitted =
    account && browser
      ? await admitKnown(accounts, account.account, browser)
      : await admitStranger(accounts, attempt)
  if (admitted) return
  // A stranger made us write it: the owner reads it, in the owner's language.
  if (account) {
    const { language } = account
    await mailUnblock(accounts, account.account, { to: address, language })
  }
  throw new PawpostError('sign-in-refused')
}

async function admitKnown(
  { db, throttles }: Accounts,
  account: AccountId,
  browser: KnownBrowser,
): Promise<boolean> {
  if (!(await throttles.take('signInByBrowser', browserKey(account, browser)))) return false
  return countBrowser(db, account, browser)
}

/** Throws `too-many` where the address plays no part. */
async function admitStranger(accounts: Accounts, attempt: Attempt): Promise<boolean> {
  const { db, limiters, throttles } = accounts
  const { account, source } = attempt
  if (source !== undefined) {
    limiters.signInBySource.charge(source)
    if (!(await throttles.take('signInBySource', source))) throw new PawpostError('too-many')
  }
  if (!(await throttles.take('signInAnywhere', ''))) throw new PawpostError('too-many')
  if (!(await throttles.take('signInByAddress', pairKey(attempt)))) return false
  return account === undefined || countFailure(db, account.account, FAILURES)
}

/** The password was right: this try is given back, and failures in a row end. */
async function forgive(
  { db, throttles }: Accounts,
  attempt: Attempt,
  account: AccountId,
): Promise<void> {
  const { browser, source } = attempt
  await forgiveFailures(db, account)
  if (browser) {
    await throttles.giveBack('signInByBrowser', browserKey(account, browser))
    await forgiveBrowser(db, account, browser)
    return
  }
  if (source !== undefined) await throttles.giveBack('signInBySource', source)
  await throttles.giveBack('signInAnywhere', '')
  await throttles.giveBack('signInByAddress', pairKey(attempt))
}

async function compare(
  accounts: Accounts,
  { account, indexes, language }: Attempt,
  password: string,
): Promise<Admitted> {
  const { db, vault } = accounts
  if (account && (await isRight(accounts, account, password))) return account
  if (!account) await vault.verifyPassword(undefined, password)
  // Every failure looks for a sign-up, too, and takes the time of two hashes.
  const pending = await findSignUp(db, indexes, earliest(accounts))
  const { matches } = await vault.verifyPassword(pending && keptOf(pending), password)
  if (!matches || !pending) throw new PawpostError('sign-in-refused')
  await mailNewCode(accounts, pending.account, language)
  throw new PawpostError('address-unconfirmed', pending.account)
}

/** Whether it is the account's password; a hash of an older kind is replaced. */
async function isRight(
  { db, vault }: Accounts,
  account: Account,
  password: string,
): Promise<boolean> {
  const { matches, renewed } = await vault.verifyPassword(keptOf(account), password)
  if (renewed) await replaceHash(db, account, renewed)
  return matches
}

function keptOf({ account, password }: Pick<Account, 'account' | 'password'>): Sealed {
  return { account, sealed: password }
}

function pairKey({ source, indexes }: Attempt): string {
  return `${source ?? 'here'} ${keyOf(indexes[0])}`
}

function browserKey(account: AccountId, browser: KnownBrowser): string {
  return `${account} ${toHex(browser)}`
}
