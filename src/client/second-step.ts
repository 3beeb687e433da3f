import {
  beginPasskeyCompletion,
  beginPasskeySignIn,
  completeByPasskey,
  completeByRecoveryCode,
  completeByTotp,
  signInByPasskey,
} from '../protocol/api/factors.ts'
import type { Assertion, RequestOptions } from '../protocol/api/passkeys.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { Client } from './client.ts'
import { noteSignedIn } from './session.ts'

/** What a sign-in can be completed with, in the server's words. */
const WAYS = ['totp', 'passkey', 'recovery-code'] as const
export type Way = (typeof WAYS)[number]

/** Asks the person's authenticator: the platform's part of a passkey. Throws `factor-refused`. */
export type AskPasskey = (options: RequestOptions) => Promise<Assertion>

/** The ways that `second-factor-needed` names; nothing for any other error. */
export function waysOf(error: unknown): readonly Way[] | undefined {
  if (!(error instanceof PawpostError) || error.code !== 'second-factor-needed') return undefined
  const named = (error.reason ?? '').split(' ')
  return WAYS.filter((way) => named.includes(way))
}

/** Signs in with a passkey alone, without an address. Throws `factor-refused`. */
export async function enterByPasskey(client: Client, ask: AskPasskey): Promise<void> {
  const options = await client.api.call(beginPasskeySignIn, { body: {} })
  const { account } = await client.api.call(signInByPasskey, { body: await ask(options) })
  await noteSignedIn(client, account)
}

/**
 * Completes a sign-in with six digits of an authenticator app. As its two brothers it throws
 * `factor-refused`, and `sign-in-needed` when the sign-in does not wait any more.
 */
export async function completeWithDigits(client: Client, code: string): Promise<void> {
  const { account } = await client.api.call(completeByTotp, { body: { code } })
  await noteSignedIn(client, account)
}

/** Completes a sign-in with a recovery code; gives how many are left. */
export async function completeWithRecoveryCode(client: Client, code: string): Promise<number> {
  const { account, left } = await client.api.call(completeByRecoveryCode, { body: { code } })
  await noteSignedIn(client, account)
  return left
}

/** Completes a sign-in with one of the account's passkeys. */
export async function completeWithPasskey(client: Client, ask: AskPasskey): Promise<void> {
  const options = await client.api.call(beginPasskeyCompletion, { body: {} })
  const { account } = await client.api.call(completeByPasskey, { body: await ask(options) })
  await noteSignedIn(client, account)
}
