import { createHash, randomBytes } from 'node:crypto'
import { MOST_PASSKEYS } from '../../protocol/api/factors.ts'
import type {
  Assertion,
  Attestation,
  CreationOptions,
  RequestOptions,
} from '../../protocol/api/passkeys.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { AccountId } from '../../protocol/ids.ts'
import { CEREMONY_MS, DAY, type Factors, nowOf } from './parts.ts'
import {
  ensureHandle,
  findHandle,
  findPasskey,
  findPasskeys,
  insertPasskey,
  type NewPasskey,
  notePasskeyUse,
  type Passkey,
  type Purpose,
  putChallenge,
  takeChallenge,
} from './passkey-store.ts'
import {
  ALGORITHMS,
  challengeOf,
  relyingParty,
  verifyAssertion,
  verifyAttestation,
} from './webauthn.ts'

/** For whom a challenge is, and what for: an answer has to come from the same. */
export type Ceremony = { readonly purpose: Purpose; readonly holder: Buffer }

const HANDLE_BYTES = 32

/** What the browser needs to make a passkey for an account. */
export async function creationOptions(
  factors: Factors,
  account: AccountId,
  ceremony: Ceremony,
): Promise<CreationOptions> {
  const { db, origins } = factors
  const handle = await ensureHandle(db, account, randomBytes(HANDLE_BYTES))
  const known = await findPasskeys(db, account)
  return {
    rp: { id: relyingParty(origins()).id, name: 'Pawpost' },
    user: { id: handle.toString('base64url'), name: 'Pawpost', displayName: 'Pawpost' },
    challenge: await newChallenge(factors, ceremony),
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: CEREMONY_MS,
    attestation: 'none',
    excludeCredentials: known.map(descriptorOf),
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
  }
}

/** What the browser needs to use a passkey: one of `account`, or any if nobody is known yet. */
export async function requestOptions(
  factors: Factors,
  ceremony: Ceremony,
  account?: AccountId,
): Promise<RequestOptions> {
  const known = account ? await findPasskeys(factors.db, account) : []
  return {
    rpId: relyingParty(factors.origins()).id,
    challenge: await newChallenge(factors, ceremony),
    timeout: CEREMONY_MS,
    userVerification: 'required',
    allowCredentials: known.map(descriptorOf),
  }
}

/** What an authenticator made, if it is good. Throws `factor-refused`. */
export async function checkNewPasskey(
  factors: Factors,
  answer: Attestation,
  ceremony: Ceremony,
): Promise<NewPasskey> {
  const challenge = await usedChallenge(factors, answer.clientDataJSON, ceremony)
  return verifyAttestation(answer, challenge, factors.origins())
}

/** Keeps a passkey. Returns what names it among those of the account. Throws `factor-refused`. */
export async function keepPasskey(
  factors: Factors,
  account: AccountId,
  made: NewPasskey,
): Promise<Buffer> {
  const { length } = await findPasskeys(factors.db, account)
  const passkey = randomBytes(16)
  const added = { ...made, account, passkey, addedAt: nowOf(factors) }
  if (length >= MOST_PASSKEYS || !(await insertPasskey(factors.db, added))) {
    throw new PawpostError('factor-refused')
  }
  return passkey
}

/**
 * Whose passkey answered. With `account`, nobody else's will do; without, the authenticator has to
 * say by the handle whom it means, too. Throws `factor-refused`.
 */
export async function checkPasskey(
  factors: Factors,
  answer: Assertion,
  ceremony: Ceremony,
  account?: AccountId,
): Promise<AccountId> {
  const { db, origins } = factors
  const challenge = await usedChallenge(factors, answer.clientDataJSON, ceremony)
  const passkey = await findPasskey(db, Buffer.from(answer.id, 'base64url'))
  if (!passkey || (account && passkey.account !== account)) throw new PawpostError('factor-refused')
  const { userHandle, ...signed } = answer
  await requireHandle(factors, passkey, userHandle, account === undefined)
  const { counter, synced } = await verifyAssertion(signed, challenge, passkey, origins())
  const day = new Date(Math.floor(factors.clock.now() / DAY) * DAY)
  if (!(await notePasskeyUse(db, passkey.credential, { counter, synced, day }))) {
    throw new PawpostError('factor-refused')
  }
  return passkey.account
}

async function requireHandle(
  { db }: Factors,
  { account }: Passkey,
  told: string | undefined,
  needed: boolean,
): Promise<void> {
  if (!told && !needed) return
  const handle = await findHandle(db, account)
  if (told !== handle?.toString('base64url')) throw new PawpostError('factor-refused')
}

async function newChallenge(factors: Factors, ceremony: Ceremony): Promise<string> {
  const challenge = randomBytes(32).toString('base64url')
  const times = { now: nowOf(factors), expiresAt: nowOf(factors, CEREMONY_MS) }
  await putChallenge(factors.db, { ...ceremony, challenge: hashOf(challenge) }, times)
  return challenge
}

/** The challenge of an answer, used up whatever comes of the answer. Throws `factor-refused`. */
async function usedChallenge(
  factors: Factors,
  clientDataJSON: string,
  ceremony: Ceremony,
): Promise<string> {
  const challenge = challengeOf(clientDataJSON)
  const ours = { ...ceremony, challenge: hashOf(challenge) }
  if (!(await takeChallenge(factors.db, ours, nowOf(factors)))) {
    throw new PawpostError('factor-refused')
  }
  return challenge
}

function descriptorOf({ credential, transports }: Passkey): {
  type: 'public-key'
  id: string
  transports: string[]
} {
  return { type: 'public-key', id: credential.toString('base64url'), transports: [...transports] }
}

function hashOf(challenge: string): Buffer {
  return createHash('sha256').update(challenge).digest()
}
