import { shake256 } from '@noble/hashes/sha3.js'
import { bech32 } from '@scure/base'
import type { Identity } from 'age-encryption'
import { seedRecipient } from '../../../../src/keys/age.ts'
import { hybridIdentity } from '../../../../src/keys/hybrid.ts'
import { concatBytes } from '../../../../src/protocol/bytes.ts'

const PREFIX = 'age-secret-key-pq-'
const MLKEM_SEED_BYTES = 64
/** PKCS #8 in front of an X25519 private key (RFC 8410 section 7). */
const PKCS8 = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20)

export function isHybrid(identity: string): boolean {
  return identity.toLowerCase().startsWith(`${PREFIX}1`)
}

/**
 * The keys of a published hybrid identity, brought into WebCrypto as ours are kept: an X-Wing seed
 * is SHAKE-256 away from a seed of ML-KEM and an X25519 key (draft-connolly-cfrg-xwing-kem).
 */
export async function nativeIdentity(identity: string): Promise<Identity> {
  const text = identity.toLowerCase() as `${string}1${string}`
  const seed = bech32.fromWords(bech32.decode(text).words)
  const expanded = Uint8Array.from(shake256(seed, { dkLen: MLKEM_SEED_BYTES + 32 }))
  const scalar = concatBytes(PKCS8, expanded.subarray(MLKEM_SEED_BYTES))
  const [mlkem, x25519] = await Promise.all([
    importSeed(expanded.subarray(0, MLKEM_SEED_BYTES)),
    crypto.subtle.importKey('pkcs8', scalar, 'X25519', false, ['deriveBits']),
  ])
  return hybridIdentity({ mlkem, x25519, recipient: await seedRecipient(seed) })
}

/** The DOM's types know neither the format nor the usage (WICG modern algorithms). */
function importSeed(seed: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const format = 'raw-seed' as 'raw'
  const usages = ['decapsulateBits'] as unknown as KeyUsage[]
  return crypto.subtle.importKey(format, seed, 'ML-KEM-768', false, usages)
}
