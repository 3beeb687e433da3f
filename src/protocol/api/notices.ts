import { z } from 'zod'
import { householdId } from '../ids.ts'
import { base64, nothing, type Route, SIGNED_ERRORS } from './route.ts'

/** Letters of a push service's address for one browser at most. */
export const ENDPOINT_LETTERS = 1024

const household = z.strictObject({ household: householdId.schema })
/** How often mail may come: at once means once an hour at most. */
export const MAIL_PACES = ['daily', 'at-once'] as const
export type MailPace = (typeof MAIL_PACES)[number]
/** As mailed: 16 random bytes. */
const stopCode = base64(16, 16)

const notices = z.strictObject({
  /** The key that a browser subscribes with; absent where whoever runs this pushes to nobody. */
  key: base64(65, 65).optional(),
  /** Whether this device is pushed to. */
  push: z.boolean(),
  /** How often this device's person is mailed; absent for never. */
  mail: z.enum(MAIL_PACES).optional(),
})
export type NoticesState = z.output<typeof notices>

export const readNotices = {
  id: 'readNotices',
  method: 'GET',
  path: '/api/households/:household/notices',
  summary: 'How the person of the calling device is told that post came.',
  callers: ['device'],
  params: household,
  query: nothing,
  body: 'empty',
  status: 200,
  response: notices,
  errors: [...SIGNED_ERRORS],
} as const satisfies Route

/** A browser's subscription, as its PushManager gives it. */
const subscription = z.strictObject({
  endpoint: z.string().min(1).max(ENDPOINT_LETTERS),
  p256dh: base64(65, 65),
  auth: base64(16, 16),
})
export type PushSubscriptionGiven = z.output<typeof subscription>

export const startPush = {
  id: 'startPush',
  method: 'PUT',
  path: '/api/households/:household/notices/push',
  summary:
    'Push to the calling device when post comes for it: a message of constant size that says nothing else. Ends with the session. Repeatable; a newer subscription replaces the older.',
  callers: ['device'],
  params: household,
  query: nothing,
  body: subscription,
  status: 204,
  response: 'empty',
  errors: [...SIGNED_ERRORS, 'device-refused', 'push-unknown'],
} as const satisfies Route

export const stopPush = {
  id: 'stopPush',
  method: 'DELETE',
  path: '/api/households/:household/notices/push',
  summary: 'Push to the calling device no more. Repeatable.',
  callers: ['device', 'ended'],
  params: household,
  query: nothing,
  body: 'empty',
  status: 204,
  response: 'empty',
  errors: [...SIGNED_ERRORS],
} as const satisfies Route

export const startMail = {
  id: 'startMail',
  method: 'PUT',
  path: '/api/households/:household/notices/mail',
  summary:
    'Mail the account of this session when post waits for the person of the calling device, not more often than said.',
  callers: ['device'],
  params: household,
  query: nothing,
  body: z.strictObject({ pace: z.enum(MAIL_PACES) }),
  status: 204,
  response: 'empty',
  errors: [...SIGNED_ERRORS, 'device-refused'],
} as const satisfies Route

export const stopMail = {
  id: 'stopMail',
  method: 'DELETE',
  path: '/api/households/:household/notices/mail',
  summary: 'Mail no more notices to the person of the calling device. Repeatable.',
  callers: ['device'],
  params: household,
  query: nothing,
  body: 'empty',
  status: 204,
  response: 'empty',
  errors: [...SIGNED_ERRORS],
} as const satisfies Route

export const unsubscribe = {
  id: 'unsubscribe',
  method: 'POST',
  path: '/api/unsubscriptions',
  summary:
    'End mailed notices by the code of any of them, once. Mail programs do the same by a POST to /unsubscribe/CODE (RFC 8058).',
  callers: ['none'],
  params: nothing,
  query: nothing,
  body: z.strictObject({ code: stopCode }),
  status: 204,
  response: 'empty',
  errors: ['code-wrong'],
} as const satisfies Route
