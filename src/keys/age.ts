import { Decrypter, Encrypter, identityToRecipient, type Identity } from 'age-encryption'
import { bech32 } from '@scure/base'
import { stanzaTypes } from '../protocol/message/outer.ts'
import { PawpostError } from '../protocol/errors.ts'

/** The one door to age. Only hybrid recipients pass, and never a mix: the library would allow one. */

const HYBRID = 'mlkem768x25519'

/** A seed's identity string, or keys that stay in WebCrypto. */
export type AgeIdentity = string | Identity

/** Encrypts to hybrid recipients (`age1pq1…`), at least one of them. */
export async function encryptTo(
  recipients: readonly string[],
  plaintext: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const hybrid = recipients.every((recipient) => recipient.startsWith('age1pq1'))
  if (!hybrid || recipients.length === 0) {
    throw new PawpostError('message-refused', 'recipient-type')
  }
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  return Uint8Array.from(await encrypter.encrypt(plaintext))
}

/** How many recipients a file names. Throws `recipient-type` unless all are hybrid. */
export function countRecipients(ciphertext: Uint8Array): number {
  const types = stanzaTypes(ciphertext)
  if (types.length === 0 || types.some((type) => type !== HYBRID)) {
    throw new PawpostError('message-refused', 'recipient-type')
  }
  return types.length
}

/**
 * Decrypts with the first identity that fits. Throws PawpostError('message-refused',
 * 'recipient-type' | 'undecryptable').
 */
export async function decryptWith(
  identities: readonly AgeIdentity[],
  ciphertext: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  countRecipients(ciphertext)
  const decrypter = new Decrypter()
  for (const identity of identities) decrypter.addIdentity(identity)
  try {
    return Uint8Array.from(await decrypter.decrypt(ciphertext))
  } catch (cause) {
    throw new PawpostError('message-refused', 'undecryptable', { cause })
  }
}

/** The age identity of a 32-byte seed, as a string (`AGE-SECRET-KEY-PQ-1…`). */
export function seedIdentity(seed: Uint8Array): string {
  return bech32.encodeFromBytes('AGE-SECRET-KEY-PQ-', seed).toUpperCase()
}

/** The recipient (`age1pq1…`) of a 32-byte seed. */
export async function seedRecipient(seed: Uint8Array): Promise<string> {
  return identityToRecipient(seedIdentity(seed))
}
