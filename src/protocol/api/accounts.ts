import { z } from 'zod'
import { accountId } from '../ids.ts'
import { nothing, type Route, SESSION_ERRORS } from './route.ts'

const email = z.string().min(3).max(254)
/** Limits against abuse only; the policy (15 to 256 characters, lists) answers with its own codes. */
const password = z.string().max(4096)
const account = z.strictObject({ account: accountId.schema })

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
  errors: [
    'address-invalid',
    'password-short',
    'password-long',
    'password-common',
    'password-context',
  ],
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
  errors: ['sign-in-refused', 'address-unconfirmed', 'second-factor-needed'],
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
