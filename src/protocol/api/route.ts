import { z } from 'zod'
import type { ErrorCode } from '../errors.ts'

/** Who may call a route. Everything but `none` and `box` needs a session cookie. */
export const Caller = {
  /** Anyone. */
  none: 'none',
  /** A signed-in account. */
  session: 'session',
  /** A signed-in account and a request signature by an enrolled device (or recovery card). */
  device: 'device',
  /** A signed-in account and a request signature by the one-time key of an invitation. */
  joiner: 'joiner',
  /** A signed-in account and a request signature by a device that was ended. */
  ended: 'ended',
  /** A signed-in account and a request signature by the one-time key of a pairing. */
  newcomer: 'newcomer',
  /** No account: a request signature by a drop-box that was not ended. */
  box: 'box',
} as const
export type Caller = (typeof Caller)[keyof typeof Caller]

/** Content that is not JSON: raw bytes, nothing at all, or a stream of server-sent events. */
export type Raw = 'bytes' | 'empty' | 'events'

/** One operation of the API: the single source of validation, types and OpenAPI. */
export type Route = {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Path with `:name` for parameters, each of them in `params`. */
  readonly path: string
  readonly summary: string
  readonly callers: readonly Caller[]
  readonly params: z.ZodObject
  readonly query: z.ZodObject
  readonly body: z.ZodType | Raw
  readonly status: 200 | 201 | 204
  readonly response: z.ZodType | Raw
  readonly errors: readonly ErrorCode[]
}

/** Errors that every route may answer with. */
export const COMMON_ERRORS = [
  'bad-request',
  'too-large',
  'unsupported-type',
  'origin-refused',
  'too-many',
  'busy',
  'timeout',
  'internal',
] as const satisfies ErrorCode[]

/** Errors of every route that wants a session, and of every route that wants a signature. */
export const SESSION_ERRORS = [
  'sign-in-needed',
  'second-factor-required',
] as const satisfies ErrorCode[]
export const SIGNED_ERRORS = [
  'sign-in-needed',
  'second-factor-required',
  'signature-refused',
  'clock-wrong',
  'not-found',
  'household-ended',
] as const satisfies ErrorCode[]

/** The further error of every route that a drop-box may call. */
export const BOX_ERRORS = ['box-ended'] as const satisfies ErrorCode[]

export const nothing = z.strictObject({})

/** base64url without padding of `min` to `max` bytes: how bytes travel inside JSON. */
export function base64(max: number, min = 0): z.ZodString {
  const letters = (bytes: number): number => Math.ceil((bytes * 4) / 3)
  return z
    .string()
    .regex(/^[A-Za-z0-9_-]*$/)
    .min(letters(min))
    .max(letters(max))
}

/** The body of every answer that is not a success. */
export const errorBody = z.strictObject({
  code: z.string(),
  message: z.string(),
  /** A machine-readable detail, such as a verifier's reason code. */
  reason: z.string().optional(),
})
export type ErrorBody = z.infer<typeof errorBody>
