import * as routes from '../protocol/api/accounts.ts'
import type { Language } from '../protocol/api/languages.ts'
import { endOtherSessions, endSession, listSessions } from '../protocol/api/sessions.ts'
import type { SessionEntry } from '../protocol/api/sessions.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { Output } from './api.ts'
import type { Client } from './client.ts'
import { noteSignedIn } from './session.ts'

/** A code as it is mailed: 16 bytes in base64url. */
const MAILED_CODE = /^[\w-]{22}$/

/** Changes the password and ends all other sessions. Throws `password-wrong` and the rules' codes. */
export async function changePassword(
  client: Client,
  passwords: { readonly current: string; readonly password: string },
): Promise<void> {
  await client.api.call(routes.changePassword, { body: passwords })
}

/** Asks for a mail with a code for a new password. Whether it is sent, nobody learns. */
export async function askReset(client: Client, email: string): Promise<void> {
  await client.api.call(routes.askReset, { body: { email } })
}

/**
 * Sets a new password by a mailed code, and signs in. Throws `code-wrong`, the rules' codes, and
 * `second-factor-needed`: then the password is changed, and the sign-in waits for its second step.
 */
export async function resetPassword(
  client: Client,
  { code, password }: { readonly code: string; readonly password: string },
): Promise<void> {
  const body = { code: mailedCode(code), password }
  const { account } = await client.api.call(routes.resetPassword, { body })
  await noteSignedIn(client, account)
}

/** Makes this browser known by a mailed code, so that it may try passwords again. */
export async function unblock(client: Client, code: string): Promise<void> {
  await client.api.call(routes.unblock, { body: { code: mailedCode(code) } })
}

function mailedCode(typed: string): string {
  const code = typed.trim()
  if (!MAILED_CODE.test(code)) throw new PawpostError('code-wrong')
  return code
}

/** Where this account is signed in, the newest first. */
export async function sessionsOf(client: Client): Promise<readonly SessionEntry[]> {
  return (await client.api.call(listSessions, {})).sessions
}

export async function endOneSession(client: Client, session: string): Promise<void> {
  await client.api.call(endSession, { params: { session } })
}

/** Ends all sessions but this one. */
export async function endOthers(client: Client): Promise<void> {
  await client.api.call(endOtherSessions, {})
}

export type AccountFacts = Output<typeof routes.checkUp>
export type AccountExport = Output<typeof routes.exportAccount>
export type DeletionRecord = Output<typeof routes.deleteAccount>

/** What the server says for the check-up. */
export function accountFacts(client: Client): Promise<AccountFacts> {
  return client.api.call(routes.checkUp, {})
}

/** Has the server write to this account in another language from now on. */
export async function setMailLanguage(client: Client, language: Language): Promise<void> {
  await client.api.call(routes.setLanguage, { body: { language } })
}

/** Everything that the server keeps of this account and can read. */
export function exportAccount(client: Client): Promise<AccountExport> {
  return client.api.call(routes.exportAccount, {})
}

/**
 * Deletes the account for ever; what is on this device stays. Throws `password-wrong`. The caller
 * notes that nobody is signed in any more, after it has shown the record.
 */
export function deleteAccount(client: Client, current: string): Promise<DeletionRecord> {
  return client.api.call(routes.deleteAccount, { body: { current } })
}
