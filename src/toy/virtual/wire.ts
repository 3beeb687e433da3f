import { z } from 'zod'
import { fromBase64url, toBase64url } from '../../protocol/bytes.ts'

/**
 * GATT over a unix socket, one JSON document a line. The toy greets with its name; every request
 * has a number, which its reply repeats; what the toy sends by itself has none.
 */
const isBytes = (value: unknown): boolean => value instanceof Uint8Array
const bytes = z.codec(z.base64url(), z.custom<Uint8Array>(isBytes), {
  decode: fromBase64url,
  encode: toBase64url,
})
const id = z.int().positive()
const characteristic = z.string().max(36)

export const request = z.discriminatedUnion('do', [
  z.strictObject({ id, do: z.literal('connect') }),
  z.strictObject({ id, do: z.literal('disconnect') }),
  z.strictObject({ id, do: z.literal('read'), characteristic }),
  z.strictObject({ id, do: z.literal('subscribe'), characteristic }),
  z.strictObject({
    id,
    do: z.literal('write'),
    characteristic,
    bytes,
    mode: z.enum(['with-response', 'without-response']),
  }),
])
export type Request = z.output<typeof request>

export const event = z.union([
  z.strictObject({ on: z.literal('hello'), name: z.string() }),
  z.strictObject({ on: z.literal('notification'), characteristic, bytes }),
  z.strictObject({ on: z.literal('disconnect') }),
  z.strictObject({ reply: id, bytes: bytes.optional() }),
  z.strictObject({ reply: id, code: z.string(), reason: z.string().optional() }),
])
export type Event = z.output<typeof event>

/** The line for a request or an event, its line feed included. */
export function line(message: Request | Event): string {
  const isRequest = 'do' in message
  return `${JSON.stringify(isRequest ? z.encode(request, message) : z.encode(event, message))}\n`
}
