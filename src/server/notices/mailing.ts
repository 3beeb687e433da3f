import { findOwner } from '../accounts/accounts.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { AccountId } from '../../protocol/ids.ts'
import { encodeBase64 } from '../platform/base64.ts'
import type { SealedMail } from '../vault/vault.ts'
import { noteMailed, postponeMail } from './due.ts'
import { postMail } from './mails.ts'
import type { Notices } from './parts.ts'
import { stopCode } from './stop-codes.ts'
import { deleteMail } from './store.ts'

/** What the vault does not open now, or the mailer does not take, waits so long. */
const AGAIN_MS = 15 * 60_000

/** Mails one person that post came. A mail that cannot be written or sent is tried again later. */
export async function mailTo(notices: Notices, due: SealedMail): Promise<void> {
  const { db, clock, log } = notices
  try {
    const account = await notices.vault.openMailLink(due)
    if (!(await mailAccount(notices, due, account))) return await deleteMail(db, due)
    return await noteMailed(db, due, new Date(clock.now()))
  } catch (err) {
    const isBusy = err instanceof PawpostError && err.code === 'busy'
    if (!isBusy) log.warn({ household: due.household, person: due.person, err }, 'a notice waits')
    return postponeMail(db, due, new Date(clock.now() + AGAIN_MS))
  }
}

/** False where the account is gone. */
async function mailAccount(
  { db, vault, mailer, origins, stopKey }: Notices,
  name: SealedMail,
  account: AccountId,
): Promise<boolean> {
  const owner = await findOwner(db, account)
  if (!owner) return false
  const code = encodeBase64(stopCode(stopKey, name, account))
  const to = await vault.openAddress({ account, sealed: owner.address }, 'notice')
  const { language } = owner
  await mailer.send(postMail({ to, language }, { origin: origins().canonical, code }))
  return true
}
