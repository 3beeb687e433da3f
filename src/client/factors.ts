import * as routes from '../protocol/api/factors.ts'
import type { FactorList } from '../protocol/api/factors.ts'
import type { Attestation, CreationOptions } from '../protocol/api/passkeys.ts'
import type { Client } from './client.ts'
import type { AskPasskey } from './second-step.ts'

/** Recovery codes that were made with a first factor: shown once, kept nowhere. */
type NewCodes = readonly string[] | undefined

/** The second factors of this account. */
export function factorsOf(client: Client): Promise<FactorList> {
  return client.api.call(routes.listFactors, {})
}

/** Whether everybody has to have a second factor here, and this account has none. */
export async function mustAddFactor(client: Client): Promise<boolean> {
  const { required, totp, passkeys } = await factorsOf(client)
  return required && totp === undefined && passkeys.length === 0
}

/**
 * Proves by the password that it is still the same person. Throws `factor-refused`, and
 * `second-factor-needed` where the account has one: completing that as a sign-in is the proof.
 */
export async function proveByPassword(client: Client, password: string): Promise<void> {
  await client.api.call(routes.proveByPassword, { body: { password } })
}

/** The same by a passkey, which stands for a second factor, too. */
export async function proveByPasskey(client: Client, ask: AskPasskey): Promise<void> {
  const options = await client.api.call(routes.beginPasskeyProof, { body: {} })
  await client.api.call(routes.proveByPasskey, { body: await ask(options) })
}

/** A secret for an authenticator app. As all changes below it throws `proof-needed`. */
export function beginApp(client: Client): Promise<{ secret: string; uri: string }> {
  return client.api.call(routes.beginTotp, { body: {} })
}

/** Makes the app count by its first code. Throws `factor-refused`. */
export async function addApp(client: Client, code: string): Promise<NewCodes> {
  return (await client.api.call(routes.addTotp, { body: { code } })).recoveryCodes
}

/** Throws `factor-last`, as removing a passkey does. */
export async function removeApp(client: Client): Promise<void> {
  await client.api.call(routes.removeTotp, {})
}

/** Adds a passkey that `make` has the person's authenticator make. Throws `factor-refused`. */
export async function addPasskey(
  client: Client,
  make: (options: CreationOptions) => Promise<Attestation>,
): Promise<NewCodes> {
  const options = await client.api.call(routes.beginPasskey, { body: {} })
  const body = await make(options)
  return (await client.api.call(routes.addPasskey, { body })).recoveryCodes
}

export async function removePasskey(client: Client, passkey: string): Promise<void> {
  await client.api.call(routes.removePasskey, { params: { passkey } })
}

/** New recovery codes; the old ones count no more. */
export async function renewRecoveryCodes(client: Client): Promise<readonly string[]> {
  return (await client.api.call(routes.renewRecoveryCodes, { body: {} })).codes
}
