import type { IncomingHttpHeaders } from 'node:http'
import type { FactorList } from '../../protocol/api/factors.ts'
import type { Attestation, CreationOptions } from '../../protocol/api/passkeys.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { AccountId } from '../../protocol/ids.ts'
import type { SessionCaller } from '../platform/http/callers.ts'
import type { Database } from '../tables.ts'
import { hashRecoveryCode, newRecoveryCodes } from './codes.ts'
import { deleteDevicesOf } from './device-store.ts'
import type { Factors } from './parts.ts'
import { deletePasskey, findPasskeys } from './passkey-store.ts'
import { type Ceremony, checkNewPasskey, creationOptions, keepPasskey } from './passkeys.ts'
import { requireProof } from './proofs.ts'
import {
  countFactors,
  lockAccount,
  noteInFull,
  replaceRecoveryCodes,
  takeRecoveryCode,
} from './store.ts'
import { confirmTotp, enrolTotp } from './totp.ts'
import { deleteTotp, findTotp } from './totp-store.ts'

/**
 * Every change here wants a fresh proof, and throws `proof-needed` without. It ends all other
 * sessions of the account, as a changed password does.
 */

/** Who changes something, and with which request: its session stays. */
export type Changing = { readonly caller: SessionCaller; readonly headers: IncomingHttpHeaders }

/** Recovery codes that come with the first factor: shown once, kept by nobody here. */
type Added = { readonly recoveryCodes?: string[] }

/** Everything there is to be seen of an account's factors. */
export async function listOf({ db, required }: Factors, account: AccountId): Promise<FactorList> {
  const totp = await findTotp(db, account)
  const { recoveryCodes } = await countFactors(db, account)
  const passkeys = (await findPasskeys(db, account)).map(
    ({ passkey, addedAt, usedOn, synced }) => ({
      passkey: passkey.toString('base64url'),
      addedAt: addedAt.toISOString(),
      ...(usedOn && { usedOn: usedOn.toISOString().slice(0, 10) }),
      synced,
    }),
  )
  const app = totp && { totp: { addedAt: totp.addedAt.toISOString() } }
  return { ...app, passkeys, recoveryCodes, required }
}

/** A secret for an authenticator app. */
export async function beginTotp(
  factors: Factors,
  caller: SessionCaller,
): Promise<{ secret: string; uri: string }> {
  await requireProof(factors, caller)
  return enrolTotp(factors, caller.account)
}

/** Adds the authenticator app by its first code, instead of an earlier one. */
export async function addTotp(factors: Factors, changing: Changing, code: string): Promise<Added> {
  const { account } = changing.caller
  await requireProof(factors, changing.caller)
  const added = await change(factors, changing, async (within) => {
    const first = await firstCodes(within.db, account)
    await confirmTotp(within, account, code)
    await noteInFull(within.db, sessionOf(changing))
    return first
  })
  await factors.notify(account, 'factor-added')
  return added
}

/** What the browser needs to make a passkey. */
export async function beginPasskey(
  factors: Factors,
  caller: SessionCaller,
): Promise<CreationOptions> {
  await requireProof(factors, caller)
  return creationOptions(factors, caller.account, ceremonyOf(caller))
}

/** Adds a passkey. Returns what names it among those of the account. */
export async function addPasskey(
  factors: Factors,
  changing: Changing,
  answer: Attestation,
): Promise<Added & { passkey: string }> {
  const { caller } = changing
  const { account } = caller
  await requireProof(factors, caller)
  // Outside of the change: a challenge is used up by a wrong answer, too.
  const made = await checkNewPasskey(factors, answer, ceremonyOf(caller))
  const added = await change(factors, changing, async (within) => {
    const first = await firstCodes(within.db, account)
    const passkey = await keepPasskey(within, account, made)
    await noteInFull(within.db, sessionOf(changing))
    return { ...first, passkey: passkey.toString('base64url') }
  })
  await factors.notify(account, 'factor-added')
  return added
}

/**
 * Throws `not-found`; of the last factor `factor-last` while the password needs one beside it, and
 * `second-factor-required` where everybody has to have one.
 */
export async function removeTotp(factors: Factors, changing: Changing): Promise<void> {
  await remove(factors, changing, (db) => deleteTotp(db, changing.caller.account))
}

/** As {@link removeTotp}. */
export async function removePasskey(
  factors: Factors,
  changing: Changing,
  passkey: string,
): Promise<void> {
  const name = Buffer.from(passkey, 'base64url')
  await remove(factors, changing, (db) => deletePasskey(db, changing.caller.account, name))
}

/** New recovery codes instead of the old ones. Throws `not-found` where there is no factor. */
export async function renewRecoveryCodes(factors: Factors, changing: Changing): Promise<string[]> {
  const { account } = changing.caller
  await requireProof(factors, changing.caller)
  const codes = await change(factors, changing, async ({ db }) => {
    const { totp, passkeys } = await countFactors(db, account)
    if (totp + passkeys === 0) throw new PawpostError('not-found')
    return keepNewCodes(db, account)
  })
  await factors.notify(account, 'recovery-codes-renewed')
  return codes
}

/** Uses a recovery code up. Returns how many are left. Throws `factor-refused`. */
export async function useRecoveryCode(
  { db }: Factors,
  account: AccountId,
  code: string,
): Promise<number> {
  const hash = hashRecoveryCode(account, code)
  if (!hash || !(await takeRecoveryCode(db, account, hash))) {
    throw new PawpostError('factor-refused')
  }
  return (await countFactors(db, account)).recoveryCodes
}

async function remove(
  factors: Factors,
  changing: Changing,
  take: (db: Database) => Promise<boolean>,
): Promise<void> {
  const { account } = changing.caller
  await requireProof(factors, changing.caller)
  const standsAlone = await factors.passwordStandsAlone(account)
  await change(factors, changing, async ({ db }) => {
    if (!(await take(db))) throw new PawpostError('not-found')
    const { totp, passkeys } = await countFactors(db, account)
    if (totp + passkeys > 0) return
    if (factors.required) throw new PawpostError('second-factor-required')
    if (!standsAlone) throw new PawpostError('factor-last')
    await replaceRecoveryCodes(db, account, [])
  })
  await factors.notify(account, 'factor-removed')
}

/**
 * One change of an account at a time, as a whole or not at all. Devices that were remembered had
 * shown what was there before: they are forgotten.
 */
function change<T>(
  factors: Factors,
  { caller: { account }, headers }: Changing,
  how: (within: Factors) => Promise<T>,
): Promise<T> {
  return factors.db.transaction().execute(async (db) => {
    await lockAccount(db, account)
    await factors.endOthers(account, headers, db)
    await deleteDevicesOf(db, account)
    return how({ ...factors, db })
  })
}

/** Codes for the account's first factor; nothing if it has one. */
async function firstCodes(db: Database, account: AccountId): Promise<Added> {
  const { totp, passkeys } = await countFactors(db, account)
  return totp + passkeys > 0 ? {} : { recoveryCodes: await keepNewCodes(db, account) }
}

async function keepNewCodes(db: Database, account: AccountId): Promise<string[]> {
  const codes = newRecoveryCodes()
  const hashes = codes.flatMap((code) => hashRecoveryCode(account, code) ?? [])
  await replaceRecoveryCodes(db, account, hashes)
  return codes
}

function sessionOf({ caller }: Changing): Buffer {
  return Buffer.from(caller.session)
}

function ceremonyOf({ session }: SessionCaller): Ceremony {
  return { purpose: 'add', holder: Buffer.from(session) }
}
