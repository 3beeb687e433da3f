import { z } from 'zod'
import { householdId, messageId, principalId } from '../ids.ts'
import { base64, BOX_ERRORS, nothing, type Route, SIGNED_ERRORS } from './route.ts'

/** Bytes of an outer envelope at most. */
export const OUTER_BYTES = 4096
/** Messages that one question names; ask again for more. */
export const MISSING_ASKED = 500
/** Messages that one drop-box sends in 24 hours, at most, and the padded size of each. */
export const BOX_MESSAGES = 30
export const BOX_BYTES = 128 * 1024
/** Entries in one answer; ask again from the next number for more. */
export const MAILBOX_PAGE = 100

const one = z.strictObject({ household: householdId.schema, message: messageId.schema })

export const sendMessage = {
  id: 'sendMessage',
  method: 'PUT',
  path: '/api/households/:household/messages/:message',
  summary:
    'Store a sealed message: length of the outer envelope (u32, big-endian), the envelope, the ciphertext. Repeating it changes nothing. The answer means: durably stored.',
  callers: ['device', 'box'],
  params: one,
  query: nothing,
  body: 'bytes',
  status: 201,
  response: z.strictObject({ message: messageId.schema }),
  errors: [
    ...SIGNED_ERRORS,
    ...BOX_ERRORS,
    'message-refused',
    'message-conflict',
    'device-refused',
    'family-full',
    'family-busy',
  ],
} as const satisfies Route

export const missingMessages = {
  id: 'missingMessages',
  method: 'POST',
  path: '/api/households/:household/messages/missing',
  summary:
    'Which of these messages of the calling device are not here, in the order asked: after a roll-back their sender sends them again.',
  callers: ['device'],
  params: z.strictObject({ household: householdId.schema }),
  query: nothing,
  body: z.strictObject({ messages: z.array(messageId.schema).min(1).max(MISSING_ASKED) }),
  status: 200,
  response: z.strictObject({ missing: z.array(messageId.schema).max(MISSING_ASKED) }),
  errors: [...SIGNED_ERRORS],
} as const satisfies Route

export const readMailbox = {
  id: 'readMailbox',
  method: 'GET',
  path: '/api/households/:household/mailboxes/:principal',
  summary: 'Entries of a mailbox after a number, oldest first, without gaps, a page at a time.',
  callers: ['device'],
  params: z.strictObject({ household: householdId.schema, principal: principalId.schema }),
  query: z.strictObject({ after: z.coerce.number().int().min(0).max(1e12).default(0) }),
  body: 'empty',
  status: 200,
  response: z.strictObject({
    entries: z
      .array(
        z.strictObject({
          seq: z.int().min(1),
          outer: base64(OUTER_BYTES, 1),
        }),
      )
      .max(MAILBOX_PAGE),
    /** The number of the newest entry of the mailbox. */
    latest: z.int().min(0),
  }),
  errors: [...SIGNED_ERRORS],
} as const satisfies Route

export const readMessage = {
  id: 'readMessage',
  method: 'GET',
  path: '/api/households/:household/messages/:message',
  summary: 'The ciphertext of a message that lies in a mailbox of the calling device.',
  callers: ['device'],
  params: one,
  query: nothing,
  body: 'empty',
  status: 200,
  response: 'bytes',
  errors: [...SIGNED_ERRORS],
} as const satisfies Route

/** What an event carries: how long the log and each own mailbox are now. Never content. */
export const headsEvent = z.strictObject({
  log: z.int().min(0),
  mailboxes: z.record(z.string(), z.int().min(0)),
  /** For guardians: a number that grows with every change of the requests to join; else 0. */
  requests: z.int().min(0),
})
export type HeadsEvent = z.infer<typeof headsEvent>

export const events = {
  id: 'events',
  method: 'GET',
  path: '/api/households/:household/events',
  summary:
    'Server-sent events named "heads". The first comes at once with everything as it stands, so a client that was away misses nothing; a comment comes every 15 seconds.',
  callers: ['device'],
  params: z.strictObject({ household: householdId.schema }),
  query: nothing,
  body: 'empty',
  status: 200,
  response: 'events',
  errors: [...SIGNED_ERRORS],
} as const satisfies Route
