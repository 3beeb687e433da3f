import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { ascii, concatBytes } from '../protocol/bytes.ts'
import { PawpostError } from '../protocol/errors.ts'
import { cardCode, cardSecret } from './card.ts'
import { randomBytes } from './device.ts'

/**
 * A recovery card that a passkey keeps: the 16 bytes of the card, sealed under what the passkey's
 * authenticator computes for this one purpose (WebAuthn level 3, the `prf` extension) and tells to
 * nobody but the page. One more way in, and never the only one: people delete passkeys.
 */

const DOMAIN = 'pawpost/card-wrap/v1'
const IV_BYTES = 12

/** What the authenticator computes its output for. */
export const CARD_WRAP_INPUT: Uint8Array<ArrayBuffer> = Uint8Array.from(
  sha256(ascii(`${DOMAIN}/input\0`)),
)

/** Seals a card's code under a passkey's output. Throws `card-invalid` for what is no code. */
export async function wrapCard(output: Uint8Array, code: string): Promise<Uint8Array<ArrayBuffer>> {
  const iv = randomBytes(IV_BYTES)
  const key = await wrappingKey(output, 'encrypt')
  const secret = Uint8Array.from(cardSecret(code))
  const sealed = await crypto.subtle.encrypt(algorithm(iv), key, secret)
  return concatBytes(iv, new Uint8Array(sealed))
}

/** The card's code. Throws `tampered` (`card-wrap`) for what this passkey did not seal. */
export async function unwrapCard(output: Uint8Array, wrapped: Uint8Array): Promise<string> {
  const iv = Uint8Array.from(wrapped.subarray(0, IV_BYTES))
  const key = await wrappingKey(output, 'decrypt')
  try {
    const sealed = Uint8Array.from(wrapped.subarray(IV_BYTES))
    return cardCode(new Uint8Array(await crypto.subtle.decrypt(algorithm(iv), key, sealed)))
  } catch (cause) {
    throw new PawpostError('tampered', 'card-wrap', { cause })
  }
}

function wrappingKey(output: Uint8Array, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  const raw = Uint8Array.from(hkdf(sha256, output, undefined, ascii(DOMAIN), 32))
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, [use])
}

function algorithm(iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: ascii(DOMAIN) }
}
