import { hex } from '@scure/base'
import { ascii } from '../../../../src/protocol/bytes.ts'
import { isStrongKey, verifySignature } from '../../../../src/protocol/ed25519.ts'
import { same, type Verdict } from '../verdicts.ts'

/**
 * What a vector of `test/vectors/public/ed25519vectors.json` exercises: A is the key, R the first
 * half of the signature, k their hash with the message.
 */
export type Ed25519Flag =
  | 'low_order_A'
  | 'low_order_R'
  | 'low_order_component_A'
  | 'low_order_component_R'
  | 'low_order_residue'
  | 'non_canonical_A'
  | 'non_canonical_R'
  | 'reencoded_k'

/** Key and signature in hex, the message as text. */
export type Ed25519Vector = {
  readonly number: number
  readonly key: string
  readonly sig: string
  readonly msg: string
  readonly flags: readonly Ed25519Flag[] | null
}

/** Each vector at both doors: is the signature valid, may the key be enrolled. */
export function checkEd25519(vectors: readonly Ed25519Vector[]): readonly Verdict[] {
  return vectors.flatMap((vector) => {
    const { number, flags } = vector
    const { key, signature, bytes } = read(vector)
    return [
      same(`ed25519 ${number}: valid`, verifySignature(signature, bytes, key), isValid(flags)),
      same(`ed25519 ${number}: may be enrolled`, isStrongKey(key), mayBeEnrolled(flags)),
    ]
  })
}

/**
 * ZIP 215: every encoding of every point counts, the cofactor is multiplied away, and k is the hash
 * of the bytes as they came. So all are valid but those whose signer hashed another encoding; and
 * with a key of low order not even that matters, since 8·k·A vanishes whatever k is.
 */
export function isValid(flags: Ed25519Vector['flags']): boolean {
  return !has(flags, 'reencoded_k') || has(flags, 'low_order_A')
}

/** Only a key in its one spelling, and without a part of low order. */
export function mayBeEnrolled(flags: Ed25519Vector['flags']): boolean {
  const weak = ['low_order_A', 'low_order_component_A', 'non_canonical_A'] as const
  return !weak.some((flag) => has(flags, flag))
}

/** What this platform's own WebCrypto says of each signature. A key it does not read: not valid. */
export async function platformVerdicts(
  vectors: readonly Ed25519Vector[],
): Promise<readonly boolean[]> {
  return Promise.all(
    vectors.map(async (vector) => {
      const { key, signature, bytes } = read(vector)
      try {
        const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify'])
        return await crypto.subtle.verify('Ed25519', imported, signature, bytes)
      } catch {
        return false
      }
    }),
  )
}

function read({ key, sig, msg }: Ed25519Vector): {
  readonly [part in 'key' | 'signature' | 'bytes']: Uint8Array<ArrayBuffer>
} {
  return { key: bytesOf(key), signature: bytesOf(sig), bytes: ascii(msg) }
}

function has(flags: Ed25519Vector['flags'], flag: Ed25519Flag): boolean {
  return flags?.includes(flag) ?? false
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.decode(text))
}
