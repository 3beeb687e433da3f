import { z } from 'zod'
import { base64, nothing, type Route, SESSION_ERRORS } from './route.ts'

/** Names a session among those of its account. */
const session = base64(16, 16)

/** A session as its owner sees it. */
export const sessionEntry = z.strictObject({
  session,
  /** Whether it is the one that asks. */
  current: z.boolean(),
  /** The network it began in, truncated: nobody's address. Absent where it is not known. */
  place: z.string().optional(),
  /** Such as "Firefox on Android". Absent for a program that does not say. */
  browser: z.string().optional(),
  createdAt: z.iso.datetime(),
  /** To the hour. */
  seenAt: z.iso.datetime(),
})
export type SessionEntry = z.output<typeof sessionEntry>

export const listSessions = {
  id: 'listSessions',
  method: 'GET',
  path: '/api/sessions',
  summary: 'Where this account is signed in, the newest first.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: 'empty',
  status: 200,
  response: z.strictObject({ sessions: z.array(sessionEntry) }),
  errors: [...SESSION_ERRORS],
} as const satisfies Route

export const endSession = {
  id: 'endSession',
  method: 'DELETE',
  path: '/api/sessions/:session',
  summary: 'End one session of this account; another one than this takes a proof. Repeatable.',
  callers: ['session'],
  params: z.strictObject({ session }),
  query: nothing,
  body: 'empty',
  status: 204,
  response: 'empty',
  errors: [...SESSION_ERRORS, 'proof-needed'],
} as const satisfies Route

export const endOtherSessions = {
  id: 'endOtherSessions',
  method: 'DELETE',
  path: '/api/sessions',
  summary: 'End all sessions of this account but this one; no other browser is known any more.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: 'empty',
  status: 204,
  response: 'empty',
  errors: [...SESSION_ERRORS, 'proof-needed'],
} as const satisfies Route
