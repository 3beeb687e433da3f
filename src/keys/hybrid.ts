import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { expand, extract } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { sha3_256 } from '@noble/hashes/sha3.js'
import { base64nopad, bech32 } from '@scure/base'
import type { Identity } from 'age-encryption'
import { ascii, concatBytes } from '../protocol/bytes.ts'

/**
 * The age recipient type mlkem768x25519 for private keys that nobody can read: ML-KEM-768 and
 * X25519 stay in WebCrypto as non-extractable CryptoKeys; only shared secrets come out. Sources:
 * X-Wing (draft-connolly-cfrg-xwing-kem), HPKE (RFC 9180 sections 4 and 5.1), age (c2sp.org/age).
 */
export type HybridKeys = {
  readonly mlkem: CryptoKey
  readonly x25519: CryptoKey
  /** The public half: `age1pq1…`. */
  readonly recipient: string
}

/** WebCrypto's key encapsulation, which the DOM's types do not know yet (WICG modern algorithms). */
interface Encapsulation {
  decapsulateBits(algorithm: string, key: CryptoKey, ciphertext: BufferSource): Promise<ArrayBuffer>
  exportKey(format: 'raw-public', key: CryptoKey): Promise<ArrayBuffer>
}

const MLKEM = 'ML-KEM-768'
const MLKEM_CIPHERTEXT_BYTES = 1088
const SHARE_BYTES = 1120
const STANZA_BODY_BYTES = 32
const XWING_LABEL = ascii(String.raw`\.//^` + '\\')

function encapsulation(): Encapsulation {
  return crypto.subtle as unknown as Encapsulation
}

/** Makes a non-extractable hybrid key pair, or nothing where WebCrypto has no ML-KEM. */
export async function generateHybridKeys(): Promise<HybridKeys | undefined> {
  if (!('decapsulateBits' in crypto.subtle)) return undefined
  try {
    const usages = ['encapsulateBits', 'decapsulateBits'] as unknown as KeyUsage[]
    const mlkem = await generatePair({ name: MLKEM }, usages)
    const x25519 = await generatePair({ name: 'X25519' }, ['deriveBits'])
    const subtle = encapsulation()
    const halves = await Promise.all([
      subtle.exportKey('raw-public', mlkem.publicKey),
      crypto.subtle.exportKey('raw', x25519.publicKey),
    ])
    const key = concatBytes(...halves.map((half) => new Uint8Array(half)))
    const recipient = bech32.encode('age1pq', bech32.toWords(key), false)
    return { mlkem: mlkem.privateKey, x25519: x25519.privateKey, recipient }
  } catch {
    return undefined
  }
}

async function generatePair(algorithm: Algorithm, usages: KeyUsage[]): Promise<CryptoKeyPair> {
  return (await crypto.subtle.generateKey(algorithm, false, usages)) as CryptoKeyPair
}

/** An age identity over keys that stay in WebCrypto. */
export function hybridIdentity(keys: HybridKeys): Identity {
  return {
    async unwrapFileKey(stanzas) {
      for (const { args, body } of stanzas) {
        if (args[0] !== 'mlkem768x25519') continue
        const share = base64nopad.decode(args[1] ?? '')
        if (args.length !== 2 || share.length !== SHARE_BYTES) throw new Error('invalid stanza')
        if (body.length !== STANZA_BODY_BYTES) throw new Error('invalid stanza')
        const fileKey = openFileKey(await sharedSecret(keys, share), body)
        if (fileKey) return fileKey
      }
      return null
    },
  }
}

async function sharedSecret(keys: HybridKeys, share: Uint8Array): Promise<Uint8Array> {
  const ciphertext = Uint8Array.from(share.subarray(0, MLKEM_CIPHERTEXT_BYTES))
  const ephemeral = Uint8Array.from(share.subarray(MLKEM_CIPHERTEXT_BYTES))
  const { words } = bech32.decode(keys.recipient as `${string}1${string}`, false)
  const ownShare = bech32.fromWords(words).subarray(-32)
  const peer = await crypto.subtle.importKey('raw', ephemeral, { name: 'X25519' }, false, [])
  const [first, second] = await Promise.all([
    encapsulation().decapsulateBits(MLKEM, keys.mlkem, ciphertext),
    crypto.subtle.deriveBits({ name: 'X25519', public: peer }, keys.x25519, 256),
  ])
  const parts = [new Uint8Array(first), new Uint8Array(second), ephemeral, ownShare]
  return sha3_256(concatBytes(...parts, XWING_LABEL))
}

// HPKE base mode: KEM 0x647a (X-Wing), KDF 0x0001 (HKDF-SHA256), AEAD 0x0003 (ChaCha20-Poly1305).
const SUITE_ID = concatBytes(ascii('HPKE'), Uint8Array.of(0x64, 0x7a, 0, 1, 0, 3))
const INFO = ascii('age-encryption.org/mlkem768x25519')
const NOTHING = new Uint8Array()

function openFileKey(secret: Uint8Array, body: Uint8Array): Uint8Array | undefined {
  const context = concatBytes(
    Uint8Array.of(0),
    labeledExtract(NOTHING, 'psk_id_hash', NOTHING),
    labeledExtract(NOTHING, 'info_hash', INFO),
  )
  const prk = labeledExtract(secret, 'secret', NOTHING)
  const key = labeledExpand(prk, 'key', context, 32)
  const nonce = labeledExpand(prk, 'base_nonce', context, 12)
  try {
    return chacha20poly1305(key, nonce).decrypt(body)
  } catch {
    return undefined
  }
}

function labeledExtract(salt: Uint8Array, label: string, ikm: Uint8Array): Uint8Array {
  return extract(sha256, concatBytes(ascii('HPKE-v1'), SUITE_ID, ascii(label), ikm), salt)
}

function labeledExpand(
  prk: Uint8Array,
  label: string,
  info: Uint8Array,
  length: number,
): Uint8Array {
  const size = Uint8Array.of(length >> 8, length & 255)
  const labeled = concatBytes(size, ascii('HPKE-v1'), SUITE_ID, ascii(label), info)
  return expand(sha256, prk, labeled, length)
}
