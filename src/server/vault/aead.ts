import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { toCbor } from '../../protocol/cbor.ts'

/** A key of 32 bytes and its version. What is sealed names the version that opens it. */
export type VersionedKey = { readonly kv: number; readonly key: Uint8Array }

/**
 * Where a sealed value belongs, such as table and row: it opens nowhere else. Two places must not
 * share a first word unless they are of one shape.
 */
export type Place = readonly (string | number | Uint8Array)[]

/** Version of what {@link seal} makes: one byte of it, kv as four bytes, nonce, ciphertext, tag. */
const FORMAT = 1
const HEADER_BYTES = 5
const NONCE_BYTES = 12
const TAG_BYTES = 16
const CIPHER = 'aes-256-gcm'

export function newKey(kv: number): VersionedKey {
  return { kv, key: randomBytes(32) }
}

/**
 * AES-256-GCM with a random nonce (NIST SP 800-38D: at most 2^32 values for one key, which is why
 * keys here are those of one household or of one epoch). The place and kv are additional data.
 */
export function seal({ kv, key }: VersionedKey, place: Place, plain: Uint8Array): Uint8Array {
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt8(FORMAT, 0)
  header.writeUInt32BE(kv, 1)
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(additionalData(place, kv))
  return Buffer.concat([header, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** The version of the key that {@link seal} used; 0 when the bytes are none of its making. */
export function versionOf(sealed: Uint8Array): number {
  if (sealed.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES || sealed[0] !== FORMAT) return 0
  return Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength).readUInt32BE(1)
}

/** Opens what {@link seal} made; undefined when no key fits, or place or bytes are others. */
export function open(
  keys: readonly VersionedKey[],
  place: Place,
  sealed: Uint8Array,
): Uint8Array | undefined {
  const kv = versionOf(sealed)
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  const found = keys.find((each) => each.kv === kv)
  const nonce = bytes.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES)
  const ciphertext = bytes.subarray(HEADER_BYTES + NONCE_BYTES, -TAG_BYTES)
  if (!found) return undefined
  const decipher = createDecipheriv(CIPHER, found.key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(additionalData(place, kv)).setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()])
  } catch {
    return undefined
  }
}

function additionalData(place: Place, kv: number): Uint8Array {
  return toCbor([...place, kv])
}
