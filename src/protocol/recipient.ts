import { bech32 } from '@scure/base'
import { z } from 'zod'
import { toHex } from './bytes.ts'

const LETTERS = 1959
const PREFIX = 'age1pq'
const MLKEM_BYTES = 1184
const X25519_BYTES = 32
/** Bytes of the packed 12-bit coefficients in front of the seed (FIPS 203 section 7.2). */
const COEFFICIENT_BYTES = 1152
const MODULUS = 3329
/** Every way to write a point of small order in X25519, which ignores the topmost bit. */
const SMALL_ORDER: readonly string[] = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]

/**
 * An age recipient of type mlkem768x25519 (`age1pq1…`): the only type suite PP1 knows. In lower
 * case, as it is always printed: bech32 has a second spelling in upper case, and one key must not
 * have two names.
 */
export const recipient = z
  .string()
  .length(LETTERS)
  .startsWith(`${PREFIX}1`)
  .refine((text) => keyOf(text)?.length === MLKEM_BYTES + X25519_BYTES)

/**
 * Whether everybody can encrypt to a recipient. One with coefficients beyond the modulus of ML-KEM
 * (FIPS 203 section 7.2) or with a small-order X25519 share (RFC 7748 section 6.1) makes honest
 * implementations stop, so that one bad holder would block every rotation of what it holds.
 */
export function isStrongRecipient(text: string): boolean {
  const key = keyOf(text)
  if (key?.length !== MLKEM_BYTES + X25519_BYTES) return false
  return isReduced(key.subarray(0, COEFFICIENT_BYTES)) && hasLargeOrder(key.subarray(MLKEM_BYTES))
}

function keyOf(text: string): Uint8Array | undefined {
  try {
    const { prefix, words } = bech32.decode(text as `${string}1${string}`, false)
    return prefix === PREFIX ? bech32.fromWords(words) : undefined
  } catch {
    return undefined
  }
}

function isReduced(packed: Uint8Array): boolean {
  for (let at = 0; at < packed.length; at += 3) {
    const [a = 0, b = 0, c = 0] = packed.subarray(at, at + 3)
    if ((a | ((b & 15) << 8)) >= MODULUS || ((b >> 4) | (c << 4)) >= MODULUS) return false
  }
  return true
}

function hasLargeOrder(share: Uint8Array): boolean {
  const read = share.with(X25519_BYTES - 1, (share.at(-1) ?? 0) & 127)
  return !SMALL_ORDER.includes(toHex(read))
}
