import type { z } from 'zod'
import type { Raw } from '../../../protocol/api/route.ts'
import { PawpostError } from '../../../protocol/errors.ts'

const NO_BYTES = new Uint8Array(0)
const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** The bytes of a body, whatever they are. */
export function bytesOf(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : NO_BYTES
}

/** Checks a body against what its route wants. */
export function parseBody(
  wanted: z.ZodType | Raw,
  bytes: Uint8Array,
  type: string | undefined,
): unknown {
  if (typeof wanted !== 'string') return parse('body', wanted, readJson(bytes, type))
  if (wanted === 'bytes') return requireType(type, 'application/octet-stream', bytes)
  if (bytes.length > 0) throw new PawpostError('bad-request', 'body')
  return undefined
}

/** Parses a value, or throws `bad-request` with where it was wrong, never with the value. */
export function parse<T extends z.ZodType>(part: string, schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const path = result.error.issues[0]?.path.map(String) ?? []
  throw new PawpostError('bad-request', [part, ...path].join('.'))
}

function readJson(bytes: Uint8Array, type: string | undefined): unknown {
  requireType(type, 'application/json', bytes)
  try {
    return JSON.parse(UTF8.decode(bytes))
  } catch {
    throw new PawpostError('bad-request', 'body')
  }
}

/** Media types are compared without their parameters; the only charset of JSON is UTF-8. */
function requireType(type: string | undefined, wanted: string, bytes: Uint8Array): Uint8Array {
  const [essence = '', ...parameters] = (type ?? '').toLowerCase().split(';')
  const foreign = parameters.some((each) => !/^\s*(charset=("utf-8"|utf-8))?\s*$/.test(each))
  if (essence.trim() !== wanted || foreign) throw new PawpostError('unsupported-type')
  return bytes
}
