import { createHash, createHmac, randomBytes } from 'node:crypto'
import { MOST_TRUSTED_DEVICES, TRUSTED_DAYS } from '../../protocol/api/second-step.ts'
import { deviceIdOf } from '../../protocol/ed25519.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { AccountId } from '../../protocol/ids.ts'
import { readSignatureInput, verifyRequest } from '../../protocol/request-signature.ts'
import type { IncomingRequest } from '../platform/http/callers.ts'
import {
  deleteDevice,
  deleteOldDevices,
  findDevices,
  noteDeviceUse,
  putDevice,
} from './device-store.ts'
import { DAY, type Factors, nowOf } from './parts.ts'
import { lockAccount } from './store.ts'

/**
 * Devices that are remembered: after a second step that was completed, the device's own key stands
 * for the next ones. It cannot be copied off the device, and it is not kept here: only an HMAC of
 * account and key is, so that a stolen row signs nothing, and does not say whose device it is.
 */

type Clocked = Pick<Factors, 'clock'>

/** The reason for a device that is not remembered, or no longer: nobody did anything wrong. */
export const NOT_REMEMBERED = 'not-remembered'

/** Throws `signature-refused` and `clock-wrong` unless the request was signed with this key. */
export function requireSignature(
  { clock }: Factors,
  request: IncomingRequest,
  key: Uint8Array,
): void {
  const { signature, 'content-digest': digest, 'signature-input': given } = request.headers
  const input = readSignatureInput(given)
  if (input.signer !== deviceIdOf(key)) throw new PawpostError('signature-refused', 'signer')
  verifyRequest(request, { input, signature, digest }, key, clock.now())
}

/** Remembers a device whose signature was checked. Returns what names it. */
export async function rememberDevice(
  factors: Factors,
  account: AccountId,
  key: Uint8Array,
): Promise<string> {
  const device = await factors.db.transaction().execute(async (db) => {
    await lockAccount(db, account)
    const fresh = { account, tag: tagOf(factors, account, key), device: randomBytes(16) }
    const kept = await putDevice(db, { ...fresh, since: nowOf(factors), usedOn: today(factors) })
    await deleteOldDevices(db, account, { after: earliest(factors), most: MOST_TRUSTED_DEVICES })
    return kept
  })
  await factors.notify(account, 'device-remembered')
  return device.toString('base64url')
}

/** What a remembered device signs to complete one waiting sign-in, and no other. */
export function challengeFor(token: Buffer): string {
  return createHash('sha256').update('trusted-device/v1\0').update(token).digest('base64url')
}

/** What a device says to complete a sign-in. */
type Claim = { readonly challenge: string; readonly key: string }

/**
 * Whether a remembered device of this account signed this sign-in. Throws `factor-refused`, with the
 * reason {@link NOT_REMEMBERED} for an honest signature of a device that is not remembered, and
 * `clock-wrong`.
 */
export async function checkDevice(
  factors: Factors,
  { account, token }: { account: AccountId; token: Buffer },
  claim: Claim,
  request: IncomingRequest,
): Promise<void> {
  const key = Buffer.from(claim.key, 'base64url')
  if (claim.challenge !== challengeFor(token)) throw new PawpostError('factor-refused')
  try {
    requireSignature(factors, request, key)
  } catch (cause) {
    if (cause instanceof PawpostError && cause.code === 'clock-wrong') throw cause
    throw new PawpostError('factor-refused', undefined, { cause })
  }
  const tagged = { account, tag: tagOf(factors, account, key) }
  const moments = { after: earliest(factors), usedOn: today(factors) }
  if (!(await noteDeviceUse(factors.db, tagged, moments))) {
    throw new PawpostError('factor-refused', NOT_REMEMBERED)
  }
}

/** The devices that an account remembers. */
export async function listDevices(
  factors: Clocked & Pick<Factors, 'db'>,
  account: AccountId,
): Promise<{ device: string; since: string; usedOn: string }[]> {
  const found = await findDevices(factors.db, account, earliest(factors))
  return found.map(({ device, since, usedOn }) => ({
    device: device.toString('base64url'),
    since: since.toISOString(),
    usedOn: usedOn.toISOString().slice(0, 10),
  }))
}

/** Forgets one. */
export async function removeDevice(
  { db }: Factors,
  account: AccountId,
  device: string,
): Promise<void> {
  await deleteDevice(db, account, Buffer.from(device, 'base64url'))
}

function tagOf({ deviceKey }: Factors, account: AccountId, key: Uint8Array): Buffer {
  return createHmac('sha256', deviceKey).update(`trusted/v1\0${account}\0`).update(key).digest()
}

function earliest(factors: Clocked): Date {
  return nowOf(factors, -TRUSTED_DAYS * DAY)
}

function today({ clock }: Factors): Date {
  return new Date(Math.floor(clock.now() / DAY) * DAY)
}
