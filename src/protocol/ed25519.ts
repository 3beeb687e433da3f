import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { ascii, concatBytes } from './bytes.ts'
import { deviceId, type DeviceId } from './ids.ts'

/**
 * Verifies an Ed25519 signature by the ZIP-215 rules, the only ones under which every
 * implementation that follows them gives the same verdict; a split verdict would split a family.
 * Never throws: malformed keys and signatures are simply not valid.
 */
export function verifySignature(
  signature: Uint8Array,
  bytes: Uint8Array,
  key: Uint8Array,
): boolean {
  try {
    return ed25519.verify(signature, bytes, key, { zip215: true })
  } catch {
    return false
  }
}

/**
 * Whether a public key may be enrolled: 32 bytes, canonical (RFC 8032 section 5.1.3), on the curve,
 * in the prime-order subgroup. Under ZIP-215 a small-order key would accept signatures for any text.
 */
export function isStrongKey(key: Uint8Array): boolean {
  try {
    const point = ed25519.Point.fromBytes(key, false)
    return !point.isSmallOrder() && point.isTorsionFree()
  } catch {
    return false
  }
}

/** The id of a device or a recovery card, from its signature key. */
export function deviceIdOf(key: Uint8Array): DeviceId {
  return deviceId.from(sha256(concatBytes(ascii('pp/did/v1'), key)).slice(0, 16))
}
