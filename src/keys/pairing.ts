import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { ascii, concatBytes } from '../protocol/bytes.ts'
import { bytes, fromCbor, toCbor } from '../protocol/cbor.ts'
import { verifySignature } from '../protocol/ed25519.ts'
import { PawpostError } from '../protocol/errors.ts'
import {
  deviceId,
  householdId,
  pairingId,
  principalId,
  type HouseholdId,
  type PairingId,
  type PrincipalId,
} from '../protocol/ids.ts'
import { enrolmentBytes } from '../protocol/log/join.ts'
import { seenOnly } from '../protocol/message/names.ts'
import { recipient } from '../protocol/recipient.ts'
import { randomBytes, seededDevice, type Device } from './device.ts'
import { readSecretLink, writeSecretLink } from './secret-link.ts'

/**
 * Another phone of the same person: `https://host/d/pair-…#<fragment>`. The fragment never reaches
 * the server: base64url of a secret (16) || check (2). Under what the secret derives, the two phones
 * leave sealed parts for each other; the server keeps them for ten minutes and can read none.
 */
export type Pairing = {
  readonly origin: string
  readonly id: PairingId
  readonly secret: Uint8Array
}

const KIND = { path: '/d/', ids: pairingId }
const SECRET_BYTES = 16
const IV_BYTES = 12
const DOMAIN = 'pawpost/pairing/v1'

const program = z.string().overwrite(seenOnly).max(24)
/** What a device is called among the devices of its person: names of programs, of no language. */
export const label = z.strictObject({ browser: program, system: program })
export type Label = z.infer<typeof label>

/** What the two phones tell each other, in this order. */
const PARTS = {
  /** By the phone that is in: where the other one is to come, and a promise of the nonce. */
  offer: z.strictObject({
    v: z.literal(1),
    hid: householdId.schema,
    person: principalId.schema,
    by: deviceId.schema,
    head: z.strictObject({ seq: z.int().min(0), hash: bytes(32) }),
    commitment: bytes(32),
    devices: z.array(z.strictObject({ device: deviceId.schema, label })).max(16),
  }),
  /** By the new phone: its public keys, proof of possession, and its nonce. */
  answer: z.strictObject({
    v: z.literal(1),
    device: z.strictObject({ sig: bytes(32), kem: recipient }),
    proof: bytes(64),
    nonce: bytes(32),
    label,
  }),
  /** By the phone that is in, after the answer. */
  nonce: z.strictObject({ v: z.literal(1), nonce: bytes(32) }),
} as const
type Part = keyof typeof PARTS
export type Offer = z.infer<typeof PARTS.offer>
export type Answer = z.infer<typeof PARTS.answer>

export function newPairing(origin: string): Pairing {
  return { origin, id: pairingId.from(randomBytes(16)), secret: randomBytes(SECRET_BYTES) }
}

export function writePairing({ origin, id, secret }: Pairing): string {
  return writeSecretLink(KIND, { origin, id, payload: secret })
}

/** Reads a link. Throws `link-invalid` when a part is missing or a letter is wrong. */
export function readPairing(link: string): Pairing {
  const { origin, id, payload } = readSecretLink(KIND, link)
  if (payload.length !== SECRET_BYTES) throw new PawpostError('link-invalid')
  return { origin, id, secret: payload }
}

/** The one-time key pair of a pairing: signs the new phone's calls. */
export async function pairingKey({ secret }: Pick<Pairing, 'secret'>): Promise<Device> {
  return seededDevice(derive(secret, 'sig'), derive(secret, 'kem'))
}

/** Seals a part for the other phone. */
export async function sealPart(
  pairing: Pairing,
  part: Part,
  content: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = randomBytes(IV_BYTES)
  const key = await sealingKey(pairing, 'encrypt')
  const plain = Uint8Array.from(content)
  const sealed = await crypto.subtle.encrypt(algorithm(pairing, part, iv), key, plain)
  return concatBytes(iv, new Uint8Array(sealed))
}

/** A part as the other phone wrote it, to be read by its schema. Throws `tampered` (`pairing`). */
export async function openPart(
  pairing: Pairing,
  part: Part,
  sealed: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = Uint8Array.from(sealed.subarray(0, IV_BYTES))
  const key = await sealingKey(pairing, 'decrypt')
  try {
    const rest = Uint8Array.from(sealed.subarray(IV_BYTES))
    return new Uint8Array(await crypto.subtle.decrypt(algorithm(pairing, part, iv), key, rest))
  } catch (cause) {
    throw new PawpostError('tampered', 'pairing', { cause })
  }
}

/** The offer of its bytes. Throws `tampered` (`pairing`), as the others do. */
export function readOffer(offer: Uint8Array): Offer {
  return fromCbor(offer, PARTS.offer, 'tampered', 'pairing')
}

export function readAnswer(answer: Uint8Array): Answer {
  return fromCbor(answer, PARTS.answer, 'tampered', 'pairing')
}

export function readNonce(nonce: Uint8Array): Uint8Array {
  return fromCbor(nonce, PARTS.nonce, 'tampered', 'pairing').nonce
}

/** Whether the new phone itself asks to be a device of this person, in this household. */
export function isProven(
  household: HouseholdId,
  person: PrincipalId,
  { device, proof }: Answer,
): boolean {
  return verifySignature(proof, enrolmentBytes(household, person, device), device.sig)
}

/** What the offer promises: nobody who sees the answer first can choose the nonce after it. */
export function pairingCommitment(nonce: Uint8Array): Uint8Array {
  return sha256(concatBytes(ascii(`${DOMAIN}/commit\0`), nonce))
}

/**
 * The four digits that both phones show. They bind the whole of what was said: the offer, the answer
 * (keys and nonce), and the nonce that the offer promised before it could know the answer. Who knows
 * the secret and sits between the two has one try in ten thousand.
 */
export function fourDigits(
  { id }: Pick<Pairing, 'id'>,
  offer: Uint8Array,
  answer: Uint8Array,
  nonce: Uint8Array,
): string {
  const transcript = toCbor([id, offer, answer, nonce])
  const digest = sha256(concatBytes(ascii(`${DOMAIN}/digits\0`), transcript))
  const number = new DataView(digest.buffer, digest.byteOffset).getBigUint64(0) % 10_000n
  return number.toString().padStart(4, '0')
}

function sealingKey({ secret }: Pairing, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  const raw = Uint8Array.from(derive(secret, 'seal'))
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, [use])
}

/** Each part opens at its own place in its own pairing only. */
function algorithm({ id }: Pairing, part: Part, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  const additionalData = concatBytes(ascii(`${DOMAIN}/${part}\0`), pairingId.bytes(id))
  return { name: 'AES-GCM', iv, additionalData }
}

function derive(secret: Uint8Array, what: string): Uint8Array {
  return hkdf(sha256, secret, undefined, ascii(`${DOMAIN}/${what}`), 32)
}
