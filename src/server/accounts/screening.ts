import type { Language } from '../../protocol/api/languages.ts'
import { PawpostError, type ErrorCode } from '../../protocol/errors.ts'
import type { Verdict } from '../passwords/passwords.ts'
import { judge as judgeNew } from './judging.ts'
import { mailMustChange } from './mailed-codes.ts'
import { breachedMail } from './mails.ts'
import type { Accounts } from './parts.ts'
import { noteAlone, noteBreached, type Judged } from './password-store.ts'

/** Whose password, as it was when it was found right. */
type Owner = Judged & {
  readonly address: string
  readonly language: Language
  /** In which the one who signs in asked for an answer. */
  readonly asked: Language
}

/** Nobody could choose it here; an import brought it, or a list has grown. */
const WEAK: ReadonlySet<ErrorCode> = new Set([
  'password-short',
  'password-context',
  'password-common',
])

/**
 * Looks at the password of somebody who signs in, after it was found right. Whose password is weak,
 * or breached where the operator wants that refused, is mailed the way to a new one and not let in:
 * throws `password-must-change`. Who knows the password and not the mailbox gets nowhere with it.
 */
export async function screen(accounts: Accounts, owner: Owner, password: string): Promise<void> {
  const { db, rules } = accounts
  if (!rules.stages.has('sign-in')) return
  const found = await judge(accounts, owner, password)
  if (found === 'unknown') return
  const isNews = await noteBreached(db, owner, found === 'breached')
  if (found === 'breached' && isNews) await tell(accounts, owner)
  const isLetIn = found === 'clear' || (found === 'breached' && !rules.shields.has('refuse'))
  if (isLetIn) return
  await mailMustChange(accounts, owner.account, { to: owner.address, language: owner.asked })
  throw new PawpostError('password-must-change')
}

async function judge(
  accounts: Accounts,
  owner: Owner,
  password: string,
): Promise<Verdict | 'weak'> {
  const { db, rules, factorsOf } = accounts
  const { totp, passkeys } = await factorsOf(owner.account)
  try {
    const chooser = { address: owner.address, hasFactor: totp + passkeys > 0 }
    const { verdict, alone } = await judgeNew(accounts, chooser, password)
    // Of an imported one nobody knew.
    if (alone) await noteAlone(db, owner)
    return verdict
  } catch (error) {
    if (!(error instanceof PawpostError)) throw error
    if (error.code === 'password-breached') return 'breached'
    // A level that was raised is for passwords that are chosen from now on.
    return WEAK.has(error.code) ? 'weak' : rules.screen(password)
  }
}

/** With the shield "refuse" the owner gets another mail: the one with the way to a new password. */
async function tell(
  { rules, mailer, log }: Accounts,
  { account, address: to, language }: Owner,
): Promise<void> {
  if (rules.shields.has('operator')) log.warn({ account }, 'signed in with a breached password')
  const isMailed = rules.shields.has('mail') && !rules.shields.has('refuse')
  if (isMailed) await mailer.send(breachedMail({ to, language }))
}
