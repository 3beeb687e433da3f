import { ed25519 } from '@noble/curves/ed25519.js'
import { concatBytes } from '../protocol/bytes.ts'
import { deviceIdOf } from '../protocol/ed25519.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { DeviceId } from '../protocol/ids.ts'
import { seedIdentity, seedRecipient, type AgeIdentity } from './age.ts'
import { generateHybridKeys, hybridIdentity, type HybridKeys } from './hybrid.ts'

/** A device, ready to sign and to open: what the rest of the key plane works with. */
export type Device = {
  readonly id: DeviceId
  /** Public half of the signature key: 32 bytes. */
  readonly sig: Uint8Array
  /** Public half of the encryption key: `age1pq1…`. */
  readonly kem: string
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>
  readonly identity: AgeIdentity
}

/**
 * What a device's store keeps. `native`: keys that nobody can read out, where WebCrypto has
 * ML-KEM. `wrapped`: seeds under a key that nobody can read out, elsewhere in browsers. `seeds`:
 * for a profile folder, where the file's mode is the guard.
 */
export type DeviceSecrets =
  | {
      readonly kind: 'native'
      readonly sign: CryptoKey
      readonly sig: Uint8Array
      readonly hybrid: HybridKeys
    }
  | {
      readonly kind: 'wrapped'
      readonly key: CryptoKey
      readonly iv: Uint8Array<ArrayBuffer>
      readonly seeds: Uint8Array<ArrayBuffer>
    }
  | { readonly kind: 'seeds'; readonly sign: Uint8Array; readonly kem: Uint8Array }

const SEED_BYTES = 32
/** PKCS #8 in front of an Ed25519 seed (RFC 8410 section 7). */
const PKCS8 = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20)

/** Random bytes from the platform's generator. */
export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length))
}

/** New non-extractable keys, or nothing where WebCrypto lacks ML-KEM. */
export async function generateNative(): Promise<DeviceSecrets | undefined> {
  const hybrid = await generateHybridKeys()
  if (!hybrid) return undefined
  const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
  const { privateKey, publicKey } = pair as CryptoKeyPair
  const sig = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey))
  return { kind: 'native', sign: privateKey, sig, hybrid }
}

/** New seeds, wrapped under a non-extractable AES-GCM key. */
export async function generateWrapped(): Promise<DeviceSecrets> {
  const algorithm = { name: 'AES-GCM', length: 256 }
  const key = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt'])
  const iv = randomBytes(12)
  const plain = randomBytes(2 * SEED_BYTES)
  const seeds = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain)
  return { kind: 'wrapped', key, iv, seeds: new Uint8Array(seeds) }
}

/** New bare seeds. */
export function generateSeeds(): DeviceSecrets & { kind: 'seeds' } {
  return { kind: 'seeds', sign: randomBytes(SEED_BYTES), kem: randomBytes(SEED_BYTES) }
}

/** Makes a device of what its store kept. Throws `storage-failed` if that is damaged. */
export async function loadDevice(secrets: DeviceSecrets): Promise<Device> {
  try {
    return await deviceOf(secrets)
  } catch (cause) {
    throw new PawpostError('storage-failed', 'device-keys', { cause })
  }
}

async function deviceOf(secrets: DeviceSecrets): Promise<Device> {
  if (secrets.kind === 'seeds') return seededDevice(secrets.sign, secrets.kem)
  if (secrets.kind === 'native') {
    const { sig, sign, hybrid } = secrets
    return device(sig, hybrid.recipient, signWith(sign), hybridIdentity(hybrid))
  }
  const { key, iv, seeds } = secrets
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, seeds)
  return seededDevice(new Uint8Array(plain, 0, SEED_BYTES), new Uint8Array(plain, SEED_BYTES))
}

/** A device (or a recovery card) from its two seeds of 32 bytes. */
export async function seededDevice(sign: Uint8Array, kem: Uint8Array): Promise<Device> {
  const key = await signatureKey(sign)
  const signer = key ? signWith(key) : signHere(sign)
  return device(ed25519.getPublicKey(sign), await seedRecipient(kem), signer, seedIdentity(kem))
}

/** The platform's own key of a seed; nothing on phones that are too old to have Ed25519. */
async function signatureKey(seed: Uint8Array): Promise<CryptoKey | undefined> {
  try {
    const pkcs8 = concatBytes(PKCS8, seed)
    return await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign'])
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') return undefined
    throw error
  }
}

function signWith(key: CryptoKey): Device['sign'] {
  return async (bytes) =>
    new Uint8Array(await crypto.subtle.sign('Ed25519', key, Uint8Array.from(bytes)))
}

function signHere(seed: Uint8Array): Device['sign'] {
  const kept = Uint8Array.from(seed)
  return (bytes) => Promise.resolve(Uint8Array.from(ed25519.sign(bytes, kept)))
}

function device(sig: Uint8Array, kem: string, sign: Device['sign'], identity: AgeIdentity): Device {
  return { id: deviceIdOf(sig), sig, kem, identity, sign }
}
