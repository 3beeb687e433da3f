import { z } from 'zod'
import type { ErrorCode } from '../errors.ts'
import { accountId } from '../ids.ts'
import { languageTag } from './languages.ts'
import { base64, nothing, type Route, SESSION_ERRORS } from './route.ts'
import { trustedDevice } from './second-step.ts'
import { sessionEntry } from './sessions.ts'

const email = z.string().min(3).max(254)
/** Limits against abuse only; the policy (15 to 256 characters, lists) answers with its own codes. */
const password = z.string().max(4096)
const account = z.strictObject({ account: accountId.schema })
/** 128 random bits, as mailed. */
const mailedCode = base64(16, 16)
const PASSWORD_ERRORS = [
  'password-short',
  'password-long',
  'password-plain',
  'password-common',
  'password-context',
  'password-breached',
] as const satisfies ErrorCode[]
/** How many factors of each kind. */
const factorCounts = z.strictObject({
  totp: z.int().min(0),
  passkeys: z.int().min(0),
  recoveryCodes: z.int().min(0),
})
/** A list that was stolen from somebody else: from whom, and when that became known. */
const breach = z.strictObject({ source: z.string(), foundAt: z.iso.datetime() })

export const signUp = {
  id: 'signUp',
  method: 'POST',
  path: '/api/accounts',
  summary: 'Open an account. The answer is the same whether the address is known or not.',
  callers: ['none'],
  params: nothing,
  query: nothing,
  body: z.strictObject({ email, password }),
  status: 201,
  response: account,
  errors: ['address-invalid', ...PASSWORD_ERRORS],
} as const satisfies Route

export const confirmAddress = {
  id: 'confirmAddress',
  method: 'POST',
  path: '/api/accounts/:account/confirmation',
  summary: 'Confirm the address with the code that was mailed to it. Starts a session.',
  callers: ['none'],
  params: account,
  query: nothing,
  body: z.strictObject({ code: z.string().regex(/^\d{6}$/) }),
  status: 200,
  response: account,
  errors: ['code-wrong'],
} as const satisfies Route

export const resendCode = {
  id: 'resendCode',
  method: 'POST',
  path: '/api/accounts/:account/code',
  summary: 'Mail a new confirmation code. The answer is the same for any account.',
  callers: ['none'],
  params: account,
  query: nothing,
  body: nothing,
  status: 204,
  response: 'empty',
  errors: [],
} as const satisfies Route

export const signIn = {
  id: 'signIn',
  method: 'POST',
  path: '/api/sessions',
  summary:
    'Sign in. Starts a session, or, with `second-factor-needed`, a wait of five minutes for one of ' +
    'the ways that the reason names. An unconfirmed account is mailed a new code.',
  callers: ['none'],
  params: nothing,
  query: nothing,
  body: z.strictObject({ email, password }),
  status: 201,
  response: account,
  errors: [
    'sign-in-refused',
    'address-unconfirmed',
    'second-factor-needed',
    'password-must-change',
  ],
} as const satisfies Route

export const currentSession = {
  id: 'currentSession',
  method: 'GET',
  path: '/api/sessions/current',
  summary: 'The account of this session.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: 'empty',
  status: 200,
  response: account,
  errors: [...SESSION_ERRORS],
} as const satisfies Route

export const signOut = {
  id: 'signOut',
  method: 'DELETE',
  path: '/api/sessions/current',
  summary: 'Sign out. Ends this session; the device keeps its keys.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: 'empty',
  status: 204,
  response: 'empty',
  errors: [...SESSION_ERRORS],
} as const satisfies Route

export const unblock = {
  id: 'unblock',
  method: 'POST',
  path: '/api/unblocks',
  summary:
    'Make this browser known to an account by a mailed code, so that wrong passwords of strangers do not keep it out. Signs nobody in.',
  callers: ['none'],
  params: nothing,
  query: nothing,
  body: z.strictObject({ code: mailedCode }),
  status: 204,
  response: 'empty',
  errors: ['code-wrong'],
} as const satisfies Route

export const changePassword = {
  id: 'changePassword',
  method: 'PUT',
  path: '/api/accounts/current/password',
  summary:
    'Change the password; where there is a second factor, after a proof. Ends all other sessions. The owner is told by mail.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: z.strictObject({ current: password, password }),
  status: 204,
  response: 'empty',
  errors: [...SESSION_ERRORS, 'proof-needed', 'password-wrong', ...PASSWORD_ERRORS],
} as const satisfies Route

export const askReset = {
  id: 'askReset',
  method: 'POST',
  path: '/api/resets',
  summary:
    'Mail a code that sets a new password, good for ten minutes and once. The answer is the same for any address.',
  callers: ['none'],
  params: nothing,
  query: nothing,
  body: z.strictObject({ email }),
  status: 204,
  response: 'empty',
  errors: ['address-invalid'],
} as const satisfies Route

export const resetPassword = {
  id: 'resetPassword',
  method: 'POST',
  path: '/api/resets/password',
  summary:
    'Set a new password by a mailed code. Ends all sessions, and starts one as signing in does, second factor included; without one where everybody has to have one, it starts none and answers `sign-in-needed`. Recordings and keys are untouched.',
  callers: ['none'],
  params: nothing,
  query: nothing,
  body: z.strictObject({ code: mailedCode, password }),
  status: 200,
  response: account,
  errors: ['code-wrong', 'second-factor-needed', 'sign-in-needed', ...PASSWORD_ERRORS],
} as const satisfies Route

export const checkUp = {
  id: 'checkUp',
  method: 'GET',
  path: '/api/accounts/current/check-up',
  summary: 'What the security check-up shows of this account.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: 'empty',
  status: 200,
  response: z.strictObject({
    /** Whole months since the password was chosen. */
    passwordMonths: z.int().min(0),
    /** Whether it was on a list of breached ones when last seen; absent if nobody looked. */
    passwordBreached: z.boolean().optional(),
    /** Whose stolen lists the address is on since the password was chosen: a new one is asked for. */
    addressBreaches: z.array(breach),
    sessions: z.int().min(1),
    /** Browsers that may sign in without the owner being told. */
    browsers: z.int().min(0),
    factors: factorCounts,
  }),
  errors: [...SESSION_ERRORS],
} as const satisfies Route

export const setLanguage = {
  id: 'setLanguage',
  method: 'PUT',
  path: '/api/accounts/current/language',
  summary:
    'In which language this account is written to from now on. Signing in sets it, too: to the language of the request.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: z.strictObject({ language: languageTag }),
  status: 204,
  response: 'empty',
  errors: [...SESSION_ERRORS],
} as const satisfies Route

export const exportAccount = {
  id: 'exportAccount',
  method: 'GET',
  path: '/api/accounts/current/export',
  summary: 'Everything that the server keeps of this account and can read. Takes a proof.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: 'empty',
  status: 200,
  response: z.strictObject({
    account: accountId.schema,
    address: z.string(),
    /** In which its owner is written to. */
    language: languageTag,
    createdAt: z.iso.datetime(),
    passwordSetAt: z.iso.datetime(),
    passwordBreached: z.boolean().optional(),
    /** All stolen lists that the address was found on, and when its owner was mailed. */
    addressBreaches: z.array(breach.extend({ toldAt: z.iso.datetime().optional() })),
    sessions: z.array(sessionEntry),
    browsers: z.int().min(0),
    factors: factorCounts,
    /** Devices that are not asked for a second factor. */
    trustedDevices: z.array(trustedDevice),
    /** What is not in here, and why. */
    note: z.string(),
  }),
  errors: [...SESSION_ERRORS, 'proof-needed'],
} as const satisfies Route

export const deleteAccount = {
  id: 'deleteAccount',
  method: 'POST',
  path: '/api/accounts/current/deletion',
  summary:
    'Delete this account for ever, with the password; where there is a second factor, after a proof. Answers with a certificate. The household belongs to the family and stays.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: z.strictObject({ current: password }),
  status: 200,
  response: z.strictObject({
    account: accountId.schema,
    deletedAt: z.iso.datetime(),
    /** How many of each kind were deleted. */
    deleted: z.record(z.string(), z.int().min(0)),
    /** Keys of the account that were destroyed: what backups hold of it opens no more. */
    keysDestroyed: z.int().min(0),
    note: z.string(),
  }),
  errors: [...SESSION_ERRORS, 'proof-needed', 'password-wrong'],
} as const satisfies Route
