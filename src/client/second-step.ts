import type { Device } from '../keys/device.ts'
import { beginPasskeySignIn, signInByPasskey } from '../protocol/api/factors.ts'
import type { Assertion, RequestOptions } from '../protocol/api/passkeys.ts'
import {
  beginPasskeyCompletion,
  completeByPasskey,
  completeByRecoveryCode,
  completeByTotp,
} from '../protocol/api/second-step.ts'
import { toBase64url } from '../protocol/bytes.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { AccountId } from '../protocol/ids.ts'
import type { Client } from './client.ts'
import { noteSignedIn } from './session.ts'
import { noteRemembered } from './trusted-devices.ts'

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

/** `remember`: this device shall not be asked for a second factor again. */
export type Remembering = { readonly remember?: boolean }

/**
 * Completes a sign-in with six digits of an authenticator app. As its two brothers it throws
 * `factor-refused`, and `sign-in-needed` when the sign-in does not wait any more.
 */
export async function completeWithDigits(
  client: Client,
  code: string,
  options: Remembering = {},
): Promise<void> {
  const { signer, more } = await remembering(client, options)
  const body = { code, ...more }
  await noteCompleted(client, await client.api.call(completeByTotp, { body }, signer))
}

/** Completes a sign-in with a recovery code; gives how many are left. */
export async function completeWithRecoveryCode(
  client: Client,
  code: string,
  options: Remembering = {},
): Promise<number> {
  const { signer, more } = await remembering(client, options)
  const body = { code, ...more }
  const { left, ...done } = await client.api.call(completeByRecoveryCode, { body }, signer)
  await noteCompleted(client, done)
  return left
}

/** Completes a sign-in with one of the account’s passkeys. */
export async function completeWithPasskey(
  client: Client,
  ask: AskPasskey,
  options: Remembering = {},
): Promise<void> {
  const { signer, more } = await remembering(client, options)
  const asked = await client.api.call(beginPasskeyCompletion, { body: {} })
  const body = { ...(await ask(asked)), ...more }
  await noteCompleted(client, await client.api.call(completeByPasskey, { body }, signer))
}

/** A device that shall be remembered names its key, and signs the request with it. */
async function remembering(
  client: Client,
  { remember = false }: Remembering,
): Promise<{ signer?: Device; more?: { remember: string } }> {
  if (!remember) return {}
  const signer = await client.keeper.device()
  return { signer, more: { remember: toBase64url(signer.sig) } }
}

type Completed = { readonly account: AccountId; readonly device?: string | undefined }

async function noteCompleted(client: Client, { account, device }: Completed): Promise<void> {
  if (device !== undefined) await noteRemembered(client, account, device)
  await noteSignedIn(client, account)
}
