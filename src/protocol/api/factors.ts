import { z } from 'zod'
import type { ErrorCode } from '../errors.ts'
import { accountId } from '../ids.ts'
import { assertion, attestation, creation, request } from './passkeys.ts'
import { base64, nothing, type Route, SESSION_ERRORS } from './route.ts'

/** Passkeys of one account at most. */
export const MOST_PASSKEYS = 20
/** Recovery codes that are made at once. */
export const RECOVERY_CODES = 10
const account = z.strictObject({ account: accountId.schema })
const sixDigits = z.strictObject({ code: z.string().regex(/^\d{6}$/) })
const recoveryCodes = z.array(z.string()).max(RECOVERY_CODES)
/** Names a passkey among those of its account. */
const passkey = base64(16, 16)
const moment = z.iso.datetime()

const list = z.strictObject({
  /** The authenticator app, if there is one. */
  totp: z.strictObject({ addedAt: moment }).optional(),
  passkeys: z.array(
    z.strictObject({
      passkey,
      addedAt: moment,
      /** The day it was last used. */
      usedOn: z.iso.date().optional(),
      /** Whether copies of it are kept elsewhere, as by a password manager. */
      synced: z.boolean(),
    }),
  ),
  /** Recovery codes that were not used yet. */
  recoveryCodes: z.int().min(0),
  /** Whether everybody has to have a second factor here. */
  required: z.boolean(),
})
export type FactorList = z.output<typeof list>

/** Errors of every change: it wants a proof that is not older than ten minutes. */
const CHANGE_ERRORS = [...SESSION_ERRORS, 'proof-needed'] as const satisfies ErrorCode[]

export const beginPasskeySignIn = {
  id: 'beginPasskeySignIn',
  method: 'POST',
  path: '/api/sessions/passkey/challenge',
  summary: 'A challenge for signing in with a passkey alone, good for five minutes and once.',
  callers: ['none'],
  params: nothing,
  query: nothing,
  body: nothing,
  status: 200,
  response: request,
  errors: [],
} as const satisfies Route

export const signInByPasskey = {
  id: 'signInByPasskey',
  method: 'POST',
  path: '/api/sessions/passkey',
  summary: 'Sign in with a passkey alone, without an address. Starts a session.',
  callers: ['none'],
  params: nothing,
  query: nothing,
  body: assertion,
  status: 201,
  response: account,
  errors: ['factor-refused'],
} as const satisfies Route

export const listFactors = {
  id: 'listFactors',
  method: 'GET',
  path: '/api/factors',
  summary: 'The second factors of this account.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: 'empty',
  status: 200,
  response: list,
  errors: [...SESSION_ERRORS],
} as const satisfies Route

export const proveByPassword = {
  id: 'proveByPassword',
  method: 'POST',
  path: '/api/factors/proof/password',
  summary:
    'Prove by the password that it is still you: a new session, good for changes for ten minutes. ' +
    'Where there is a second factor: `second-factor-needed`, and completing that as a sign-in proves it.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: z.strictObject({ password: z.string().max(4096) }),
  status: 204,
  response: 'empty',
  errors: [...SESSION_ERRORS, 'factor-refused', 'second-factor-needed', 'sign-in-refused'],
} as const satisfies Route

export const beginPasskeyProof = {
  id: 'beginPasskeyProof',
  method: 'POST',
  path: '/api/factors/proof/passkey/challenge',
  summary: 'A challenge for proving by a passkey that it is still you.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: nothing,
  status: 200,
  response: request,
  errors: [...SESSION_ERRORS],
} as const satisfies Route

export const proveByPasskey = {
  id: 'proveByPasskey',
  method: 'POST',
  path: '/api/factors/proof/passkey',
  summary: 'As proveByPassword, by a passkey: it stands for both.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: assertion,
  status: 204,
  response: 'empty',
  errors: [...SESSION_ERRORS, 'factor-refused'],
} as const satisfies Route

export const beginTotp = {
  id: 'beginTotp',
  method: 'POST',
  path: '/api/factors/totp',
  summary: 'A secret for an authenticator app, shown this once. Its first code makes it count.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: nothing,
  status: 200,
  /** The secret in base32, and the same in a URI for a QR code. */
  response: z.strictObject({ secret: z.string(), uri: z.string() }),
  errors: [...CHANGE_ERRORS],
} as const satisfies Route

export const addTotp = {
  id: 'addTotp',
  method: 'POST',
  path: '/api/factors/totp/confirmation',
  summary:
    'Add the authenticator app by its first code; an earlier one counts no more. The first ' +
    'factor of an account comes with recovery codes, shown this once.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: sixDigits,
  status: 200,
  response: z.strictObject({ recoveryCodes: recoveryCodes.optional() }),
  errors: [...CHANGE_ERRORS, 'factor-refused'],
} as const satisfies Route

export const removeTotp = {
  id: 'removeTotp',
  method: 'DELETE',
  path: '/api/factors/totp',
  summary: 'Remove the authenticator app. The last factor stays while the password is short.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: 'empty',
  status: 204,
  response: 'empty',
  errors: [...CHANGE_ERRORS, 'not-found', 'factor-last'],
} as const satisfies Route

export const beginPasskey = {
  id: 'beginPasskey',
  method: 'POST',
  path: '/api/factors/passkeys/challenge',
  summary: 'A challenge for adding a passkey, good for five minutes and once.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: nothing,
  status: 200,
  response: creation,
  errors: [...CHANGE_ERRORS],
} as const satisfies Route

export const addPasskey = {
  id: 'addPasskey',
  method: 'POST',
  path: '/api/factors/passkeys',
  summary:
    'Add a passkey. The first factor of an account comes with recovery codes, shown this once.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: attestation,
  status: 201,
  response: z.strictObject({ passkey, recoveryCodes: recoveryCodes.optional() }),
  errors: [...CHANGE_ERRORS, 'factor-refused'],
} as const satisfies Route

export const removePasskey = {
  id: 'removePasskey',
  method: 'DELETE',
  path: '/api/factors/passkeys/:passkey',
  summary: 'Remove a passkey. The last factor stays while the password is short.',
  callers: ['session'],
  params: z.strictObject({ passkey }),
  query: nothing,
  body: 'empty',
  status: 204,
  response: 'empty',
  errors: [...CHANGE_ERRORS, 'not-found', 'factor-last'],
} as const satisfies Route

export const renewRecoveryCodes = {
  id: 'renewRecoveryCodes',
  method: 'POST',
  path: '/api/factors/recovery-codes',
  summary: 'New recovery codes, shown this once; the old ones count no more.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: nothing,
  status: 200,
  response: z.strictObject({ codes: recoveryCodes }),
  errors: [...CHANGE_ERRORS, 'not-found'],
} as const satisfies Route
