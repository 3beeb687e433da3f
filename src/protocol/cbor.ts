import { decode, encode } from 'cborg'
import { bech32 } from '@scure/base'
import { z } from 'zod'
import { PawpostError, type ErrorCode } from './errors.ts'

/** Strict CBOR (RFC 8949): no duplicate keys, trailing bytes, indefinite lengths, tags or floats for integers. */
const STRICT = {
  strict: true,
  rejectDuplicateMapKeys: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowBigInt: false,
  allowInfinity: false,
  allowNaN: false,
}

/** Encodes a value. What is signed or hashed is these bytes as they travel, never a re-encoding. */
export function toCbor(value: unknown): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(encode(value))
}

/**
 * Decodes bytes and checks them against a schema. Throws PawpostError(code, reason) when they are
 * not strict CBOR or not of the schema's shape.
 */
export function fromCbor<S extends z.ZodType>(
  bytes: Uint8Array,
  schema: S,
  code: ErrorCode,
  reason: string,
): z.output<S> {
  let value: unknown
  try {
    value = decode(bytes, STRICT)
  } catch {
    throw new PawpostError(code, reason)
  }
  return checked(value, schema, code, reason)
}

/** Checks a decoded value against a schema; throws PawpostError(code, reason). */
export function checked<S extends z.ZodType>(
  value: unknown,
  schema: S,
  code: ErrorCode,
  reason: string,
): z.output<S> {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new PawpostError(code, reason)
  return parsed.data
}

/** A byte string of `min` to `max` bytes (of exactly `min` without `max`). */
export function bytes(min: number, max = min): z.ZodType<Uint8Array> {
  return z.custom<Uint8Array>(
    (value) => value instanceof Uint8Array && value.length >= min && value.length <= max,
  )
}

const RECIPIENT_LETTERS = 1959
const HYBRID_KEY_BYTES = 1216

/** An age recipient of type mlkem768x25519 (`age1pq1…`): the only type suite PP1 knows. */
export const recipient = z.string().length(RECIPIENT_LETTERS).refine(isRecipient)

function isRecipient(text: string): boolean {
  try {
    const { prefix, words } = bech32.decode(text as `${string}1${string}`, false)
    return prefix === 'age1pq' && bech32.fromWords(words).length === HYBRID_KEY_BYTES
  } catch {
    return false
  }
}
