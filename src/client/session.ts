import { z } from 'zod'
import {
  confirmAddress as confirmRoute,
  resendCode as resendRoute,
  signIn as signInRoute,
  signOut as signOutRoute,
  signUp as signUpRoute,
} from '../protocol/api/accounts.ts'
import { PawpostError } from '../protocol/errors.ts'
import { accountId, type AccountId } from '../protocol/ids.ts'
import type { Client } from './client.ts'
import { isArriving } from './arriving.ts'
import { hasEnded, myRole } from './family.ts'
import { readJoining } from './joining.ts'

const KEY = 'account'
const record = z.strictObject({
  account: accountId.schema,
  state: z.enum(['confirming', 'signed-in', 'signed-out']),
})
type Record = z.infer<typeof record>

/** Which screen a person belongs on. */
export type Place =
  | 'signed-out'
  | 'confirming'
  | 'new'
  | 'joining'
  | 'arriving'
  | 'guardian'
  | 'relative'
  | 'ended'

export type Credentials = { readonly email: string; readonly password: string }

/** Opens an account; a code is mailed to the address. */
export async function signUp(
  client: Client,
  credentials: Credentials,
): Promise<{ account: AccountId }> {
  const { account } = await client.api.call(signUpRoute, { body: credentials })
  await remember(client, { account, state: 'confirming' })
  return { account }
}

/** Confirms the address with the mailed code and starts the session. Throws `code-wrong`. */
export async function confirmAddress(client: Client, code: string): Promise<void> {
  const account = await rememberedAccount(client)
  await client.api.call(confirmRoute, { params: { account }, body: { code } })
  await remember(client, { account, state: 'signed-in' })
}

/** Asks for another code. */
export async function resendCode(client: Client): Promise<void> {
  const account = await rememberedAccount(client)
  await client.api.call(resendRoute, { params: { account }, body: {} })
}

/** Signs in. Throws `sign-in-refused`, or `address-unconfirmed` after a new code was mailed. */
export async function signIn(client: Client, credentials: Credentials): Promise<void> {
  try {
    const { account } = await client.api.call(signInRoute, { body: credentials })
    await remember(client, { account, state: 'signed-in' })
  } catch (error) {
    const unconfirmed = error instanceof PawpostError && error.code === 'address-unconfirmed'
    if (unconfirmed && error.reason && accountId.is(error.reason)) {
      await remember(client, { account: error.reason, state: 'confirming' })
    }
    throw error
  }
}

/** Ends the session. The device keeps its keys and its family. */
export async function signOut(client: Client): Promise<void> {
  const account = await rememberedAccount(client)
  await client.api.call(signOutRoute, {}).catch((error: unknown) => {
    const gone = error instanceof PawpostError && error.code === 'sign-in-needed'
    if (!gone) throw error
  })
  await remember(client, { account, state: 'signed-out' })
}

/** Notes a session that was started in another way than by the password alone. */
export async function noteSignedIn(client: Client, account: AccountId): Promise<void> {
  await remember(client, { account, state: 'signed-in' })
}

/** Notes that the server no longer knows the session, so that the app asks to sign in again. */
export async function noteSignedOut(client: Client): Promise<void> {
  const known = await client.store.get(KEY, record)
  if (known?.state === 'signed-in') await remember(client, { ...known, state: 'signed-out' })
}

export async function whereAmI(client: Client): Promise<Place> {
  // Signed in or not: there is nothing here any more to sign in to.
  if (await hasEnded(client)) return 'ended'
  const known = await client.store.get(KEY, record)
  if (!known || known.state === 'signed-out') return 'signed-out'
  if (known.state === 'confirming') return 'confirming'
  const role = await myRole(client)
  if (role) return role === 'guardian' ? 'guardian' : 'relative'
  if (await isArriving(client)) return 'arriving'
  return (await readJoining(client)) ? 'joining' : 'new'
}

async function rememberedAccount(client: Client): Promise<AccountId> {
  const known = await client.store.get(KEY, record)
  if (!known) throw new PawpostError('sign-in-needed')
  return known.account
}

async function remember(client: Client, known: Record): Promise<void> {
  await client.store.write([{ key: KEY, value: known }])
  client.changed('session')
}
