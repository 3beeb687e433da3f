import type { PasswordOwner, Verdict } from '../passwords/passwords.ts'
import type { Accounts } from './parts.ts'

export type Judged = {
  readonly verdict: Verdict
  /** Whether it is good enough to be the only proof. */
  readonly alone: boolean
}

/** Whose password it is, or will be. */
export type Chooser = Pick<PasswordOwner, 'address' | 'stage'> & {
  /** Whether the account has a second factor. */
  readonly hasFactor: boolean
}

/**
 * What the rules say of a password. Where every sign-in needs a second factor, because the account
 * has one or everybody's must, a shorter one will do; then the factor has to stay. Throws a code of
 * the password rules.
 */
export async function judge(
  { rules, factorRequired }: Pick<Accounts, 'rules' | 'factorRequired'>,
  { hasFactor, ...owner }: Chooser,
  password: string,
): Promise<Judged> {
  const require = async (alone: boolean): Promise<Judged> => ({
    verdict: await rules.require(password, { ...owner, secondFactor: !alone }),
    alone,
  })
  if (!hasFactor && !factorRequired) return require(true)
  const judged = await require(false)
  return require(true).catch(() => judged)
}
