import { decode, encode, Tokenizer, type DecodeOptions, type Token } from 'cborg'
import { z } from 'zod'
import { sameBytes } from './bytes.ts'
import { PawpostError, type ErrorCode } from './errors.ts'

/** Strict CBOR (RFC 8949): no duplicate keys, trailing bytes, indefinite lengths or tags. */
const STRICT = {
  strict: true,
  rejectDuplicateMapKeys: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowBigInt: false,
  allowInfinity: false,
  allowNaN: false,
}

/** Containers inside containers, at most: far more than any honest value has. */
const MAX_DEPTH = 16

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
    value = decode(bytes, { tokenizer: strictTokens(bytes), ...STRICT })
  } catch {
    throw new PawpostError(code, reason)
  }
  return checked(value, schema, code, reason)
}

/**
 * Tokens of strict CBOR. The library alone lets pass: integers written as floats, text that is not
 * UTF-8, byte order marks that it drops, and nesting as deep as the stack.
 */
function strictTokens(bytes: Uint8Array): NonNullable<DecodeOptions['tokenizer']> {
  // A Node Buffer's slices would share its memory: read it as the plain array it is.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tokens = new Tokenizer(plain, STRICT)
  /** How many items each open container still misses. */
  const missing: number[] = []
  return {
    done: () => tokens.done(),
    pos: () => tokens.pos(),
    next() {
      const from = tokens.pos()
      const token = tokens.next()
      demandShortest(token, plain.subarray(from, tokens.pos()))
      while (missing.at(-1) === 0) missing.pop()
      if (missing.length > 0) missing.push((missing.pop() ?? 0) - 1)
      const items = itemsOf(token)
      if (items !== undefined) missing.push(items)
      if (missing.length > MAX_DEPTH) throw new RangeError('nested too deeply')
      return token
    },
  }
}

function itemsOf({ type, value }: Token): number | undefined {
  if (type.name === 'array') return Number(value)
  return type.name === 'map' ? 2 * Number(value) : undefined
}

/** A scalar must be written as this module writes it. Byte strings have but one way. */
function demandShortest({ type, value }: Token, written: Uint8Array): void {
  if (!type.terminal || type.name === 'bytes') return
  if (!sameBytes(encode(value), written)) throw new RangeError('not the shortest form')
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
