import { z } from 'zod'
import type { ErrorCode } from '../errors.ts'
import { accountId } from '../ids.ts'
import { assertion, request } from './passkeys.ts'
import { base64, nothing, type Route, SESSION_ERRORS } from './route.ts'

/** Devices of one account that are remembered at most: one more ends the longest unused. */
export const MOST_TRUSTED_DEVICES = 10
/** A device is remembered for so many days; then its person shows a second factor once more. */
export const TRUSTED_DAYS = 90

/** Names a remembered device among those of its account. */
const device = base64(16, 16)
/** The public half of a device's signature key (Ed25519). */
const signatureKey = base64(32, 32)
/**
 * The key of a device that shall not be asked for a second factor again. The request is signed with
 * it (RFC 9421), and refused as a whole if it is not.
 */
const remember = signatureKey.optional()

/** `device` names the device if it was to be remembered. */
const completed = z.strictObject({ account: accountId.schema, device: device.optional() })

/** Errors of every step of a sign-in that waits for its second factor. */
const COMPLETION_ERRORS = [
  'sign-in-needed',
  'factor-refused',
  'signature-refused',
  'clock-wrong',
] as const satisfies ErrorCode[]

export const completeByTotp = {
  id: 'completeByTotp',
  method: 'POST',
  path: '/api/sessions/pending/totp',
  summary:
    'Complete a sign-in with a code of the authenticator app. Starts a session. A sign-in waits ' +
    'for five minutes and five tries, then it answers `sign-in-needed`.',
  callers: ['none'],
  params: nothing,
  query: nothing,
  body: z.strictObject({ code: z.string().regex(/^\d{6}$/), remember }),
  status: 201,
  response: completed,
  errors: [...COMPLETION_ERRORS],
} as const satisfies Route

export const completeByRecoveryCode = {
  id: 'completeByRecoveryCode',
  method: 'POST',
  path: '/api/sessions/pending/recovery-code',
  summary: 'Complete a sign-in with a recovery code, which is then used up. Starts a session.',
  callers: ['none'],
  params: nothing,
  query: nothing,
  body: z.strictObject({ code: z.string().min(1).max(64), remember }),
  status: 201,
  response: completed.extend({ left: z.int().min(0) }),
  errors: [...COMPLETION_ERRORS],
} as const satisfies Route

export const beginPasskeyCompletion = {
  id: 'beginPasskeyCompletion',
  method: 'POST',
  path: '/api/sessions/pending/passkey/challenge',
  summary: 'A challenge for completing a sign-in with one of the account’s passkeys.',
  callers: ['none'],
  params: nothing,
  query: nothing,
  body: nothing,
  status: 200,
  response: request,
  errors: ['sign-in-needed'],
} as const satisfies Route

export const completeByPasskey = {
  id: 'completeByPasskey',
  method: 'POST',
  path: '/api/sessions/pending/passkey',
  summary: 'Complete a sign-in with one of the account’s passkeys. Starts a session.',
  callers: ['none'],
  params: nothing,
  query: nothing,
  body: assertion.extend({ remember }),
  status: 201,
  response: completed,
  errors: [...COMPLETION_ERRORS],
} as const satisfies Route

export const beginDeviceCompletion = {
  id: 'beginDeviceCompletion',
  method: 'POST',
  path: '/api/sessions/pending/device/challenge',
  summary:
    'Whose sign-in waits, and what a remembered device has to sign to complete it. Says nothing of ' +
    'which devices are remembered.',
  callers: ['none'],
  params: nothing,
  query: nothing,
  body: nothing,
  status: 200,
  response: z.strictObject({ account: accountId.schema, challenge: base64(32, 32) }),
  errors: ['sign-in-needed'],
} as const satisfies Route

export const completeByDevice = {
  id: 'completeByDevice',
  method: 'POST',
  path: '/api/sessions/pending/device',
  summary:
    'Complete a sign-in with a device that was remembered: the request is signed with its key ' +
    '(RFC 9421). Starts a session. A device that is not remembered, or not any more, is ' +
    '`factor-refused` with the reason `not-remembered`.',
  callers: ['none'],
  params: nothing,
  query: nothing,
  body: z.strictObject({ challenge: base64(32, 32), key: signatureKey }),
  status: 201,
  response: z.strictObject({ account: accountId.schema }),
  errors: ['sign-in-needed', 'factor-refused', 'clock-wrong'],
} as const satisfies Route

/** A device that an account remembers. */
export const trustedDevice = z.strictObject({
  device,
  /** When it was remembered, and the day it last stood for the second factor. */
  since: z.iso.datetime(),
  usedOn: z.iso.date(),
})
export type TrustedDevice = z.output<typeof trustedDevice>

export const listTrustedDevices = {
  id: 'listTrustedDevices',
  method: 'GET',
  path: '/api/factors/devices',
  summary: 'The devices that this account remembers: their key stands for the second factor.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: 'empty',
  status: 200,
  response: z.strictObject({ devices: z.array(trustedDevice) }),
  errors: [...SESSION_ERRORS],
} as const satisfies Route

export const removeTrustedDevice = {
  id: 'removeTrustedDevice',
  method: 'DELETE',
  path: '/api/factors/devices/:device',
  summary: 'Forget a device: it is asked for a second factor again.',
  callers: ['session'],
  params: z.strictObject({ device }),
  query: nothing,
  body: 'empty',
  status: 204,
  response: 'empty',
  errors: [...SESSION_ERRORS],
} as const satisfies Route
