import { sha256 } from '@noble/hashes/sha2.js'
import { ascii, concatBytes } from '../bytes.ts'
import { requestId, type HouseholdId, type PrincipalId, type RequestId } from '../ids.ts'
import { toCbor } from '../cbor.ts'
import type { PublicKeys } from './ops.ts'

const BY_INVITE = ascii('pawpost/join/v1\0')
const BY_DEVICE = ascii('pawpost/join-device/v1\0')
const ENROLMENT = ascii('pawpost/adddev/v1\0')
const CARD = ascii('pawpost/card/v1\0')
const COMMITMENT = ascii('pawpost/commit/v1\0')
const DIGITS = ascii('pawpost/digits/v1\0')

/** What the invitation's one-time key signs of a request to join. */
export function inviteSignedBytes(request: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatBytes(BY_INVITE, request)
}

/** What the new device signs of a request to join. */
export function deviceSignedBytes(request: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatBytes(BY_DEVICE, request)
}

/** What another device of a person signs of its own enrolment. */
export function enrolmentBytes(
  household: HouseholdId,
  person: PrincipalId,
  device: PublicKeys,
): Uint8Array<ArrayBuffer> {
  return concatBytes(ENROLMENT, toCbor([household, person, device.sig, device.kem]))
}

/** What a recovery card signs of the household that it opens: its first device and principals. */
export function cardProofBytes(
  device: PublicKeys,
  person: PrincipalId,
  household: PrincipalId,
): Uint8Array<ArrayBuffer> {
  return concatBytes(CARD, toCbor([device.sig, device.kem, person, household]))
}

/** The id of a request to join: the first 16 bytes of its hash. */
export function requestIdOf(request: Uint8Array): RequestId {
  return requestId.from(sha256(request).slice(0, 16))
}

/** The joiner's commitment to a nonce of 32 random bytes. */
export function commitmentTo(nonce: Uint8Array): Uint8Array {
  return sha256(concatBytes(COMMITMENT, nonce))
}

/**
 * The six digits both sides compare. They bind the household, the whole request (keys, commitment)
 * and both nonces. The joiner committed before the guardian's nonce was known and reveals after it
 * was fixed, so whoever sits between has one try in a million.
 */
export function sixDigits(
  household: HouseholdId,
  request: Uint8Array,
  guardianNonce: Uint8Array,
  joinerNonce: Uint8Array,
): string {
  const digest = sha256(
    concatBytes(DIGITS, toCbor([household, request, guardianNonce, joinerNonce])),
  )
  const number = new DataView(digest.buffer, digest.byteOffset).getBigUint64(0) % 1_000_000n
  return number.toString().padStart(6, '0')
}
