import type { Language } from '../../protocol/api/languages.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { AccountId } from '../../protocol/ids.ts'
import type { Recipient } from '../platform/mail.ts'
import { normaliseAddress } from './address.ts'
import { isSameCode, newCode, sealCode } from './codes.ts'
import { judge, type Judged } from './judging.ts'
import { codeMail, knownMail } from './mails.ts'
import {
  type Accounts,
  type Asker,
  CODE_MS,
  type Credentials,
  keyOf,
  MINUTE,
  type Source,
} from './parts.ts'
import {
  type Code,
  countTry,
  deleteOldSignUps,
  deleteSignUp,
  findAccount,
  insertAccount,
  insertSignUp,
  replaceCode,
  type JudgedSignUp,
} from './store.ts'

export { type Accounts, createAccounts, type FactorCounts } from './parts.ts'
export { findOwner, noteLanguage } from './store.ts'

const SIGN_UP_MS = 24 * 60 * MINUTE
/** Tries per code and codes per sign-up: together they bound what guessing can do. */
const TRIES = 5
const CODES = 5

/**
 * Begins an account and mails a code. An address that has an account gets the same answer and a
 * different mail. Throws `address-invalid` or a code of the password rules.
 */
export async function signUp(
  accounts: Accounts,
  credentials: Credentials,
  { source, language }: Asker,
): Promise<AccountId> {
  const { db, vault, clock, throttles } = accounts
  const address = normaliseAddress(credentials.email)
  await chargeSource(accounts, source)
  const { alone } = await judgeFirst(accounts, credentials.password, address)
  const [index] = await vault.indexesOf(address)
  const [account] = await vault.newAccountIds(1)
  if (!index || !account) throw new PawpostError('internal', 'vault-keyless')
  if (!(await throttles.take('mailByAddress', keyOf(index)))) throw new PawpostError('too-many')
  const hash = (): Promise<Uint8Array> => vault.hashPassword(account, credentials.password)
  const password = await accounts.strangers(hash)
  const sealedAddress = await vault.sealAddress(account, address)
  const { plain, sealed } = prepareCode(accounts, account)
  await vault.forgetAccounts(await deleteOldSignUps(db, earliest(accounts)))
  const signUp = { account, address: sealedAddress, password, alone, index: index.index }
  await insertSignUp(db, signUp, sealed, new Date(clock.now()))
  await mail(accounts, { to: address, language }, plain)
  return account
}

async function chargeSource({ limiters, throttles }: Accounts, source: Source): Promise<void> {
  if (source === undefined) return
  limiters.signUpBySource.charge(source)
  if (!(await throttles.take('signUpBySource', source))) throw new PawpostError('too-many')
}

/** A new account has no second factor yet, though it may have to get one. */
function judgeFirst(accounts: Accounts, password: string, address: string): Promise<Judged> {
  return judge(accounts, { address, hasFactor: false, stage: 'sign-up' }, password)
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
  { source, language }: Asker,
): Promise<void> {
  const { limiters } = accounts
  if (source !== undefined) limiters.codeBySource.charge(source)
  limiters.codeByAccount.charge(account)
  await mailNewCode(accounts, account, language)
}

function prepareCode(
  { clock, codeKey }: Accounts,
  account: AccountId,
): { plain: string; sealed: Code } {
  const plain = newCode()
  const expiresAt = new Date(clock.now() + CODE_MS)
  return { plain, sealed: { code: sealCode(codeKey, account, plain), expiresAt } }
}

/** Mails a new code to a sign-up, if it may still have one. */
export async function mailNewCode(
  accounts: Accounts,
  account: AccountId,
  language: Language,
): Promise<void> {
  const { db, vault, throttles } = accounts
  const { plain, sealed } = prepareCode(accounts, account)
  const allowed = { after: earliest(accounts), most: CODES }
  const kept = await replaceCode(db, account, sealed, allowed)
  if (kept === undefined) return
  const [index] = await vault.reindex({ account, sealed: kept })
  if (!(await throttles.take('mailByAddress', keyOf(index)))) return
  const to = await vault.openAddress({ account, sealed: kept }, 'code')
  await mail(accounts, { to, language }, plain)
}

async function mail({ db, vault, mailer }: Accounts, who: Recipient, code: string): Promise<void> {
  const known = await findAccount(db, await vault.indexesOf(who.to))
  await mailer.send(known ? knownMail(who) : codeMail(who, code))
}

/** False when the address has an account already; then the sign-up is forgotten. */
async function settle({ db, vault }: Accounts, found: JudgedSignUp, at: Date): Promise<boolean> {
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
export function earliest({ clock }: Accounts): Date {
  return new Date(clock.now() - SIGN_UP_MS)
}
