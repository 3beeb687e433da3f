import { z } from 'zod'
import { deviceId, householdId, principalId, requestId } from '../ids.ts'
import { base64, BOX_ERRORS, nothing, type Route, SESSION_ERRORS, SIGNED_ERRORS } from './route.ts'

/** Bytes of one link at most: an op with rotations for a large family. */
export const LINK_BYTES = 128 * 1024
/** Bytes of one wrap at most: one secret sealed to one device. */
export const WRAP_BYTES = 4096
/** Bytes of a request to join, and of the words that come with it. */
export const REQUEST_BYTES = 16 * 1024
export const HELLO_BYTES = 16 * 1024
/** Links in one answer; ask again from the next number for more. */
export const LINKS_PAGE = 100

const household = z.strictObject({ household: householdId.schema })
const oneRequest = z.strictObject({ household: householdId.schema, request: requestId.schema })
const link = base64(LINK_BYTES, 1)
const wraps = z.array(base64(WRAP_BYTES, 1)).max(256)
const nonce = base64(32, 32)

export const createHousehold = {
  id: 'createHousehold',
  method: 'POST',
  path: '/api/households',
  summary: 'Start a household with its genesis link and the wraps it names. Repeatable.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: z.strictObject({ link, wraps }),
  status: 201,
  response: household,
  errors: [...SESSION_ERRORS, 'log-refused', 'household-ended'],
} as const satisfies Route

export const readLog = {
  id: 'readLog',
  method: 'GET',
  path: '/api/households/:household/log',
  summary:
    'Links of the log from a sequence number on, oldest first, a page at a time. A device that ' +
    'was ended reads up to the link that ended it.',
  callers: ['device', 'joiner', 'ended', 'box'],
  params: household,
  query: z.strictObject({ from: z.coerce.number().int().min(0).max(1e9).default(0) }),
  body: 'empty',
  status: 200,
  response: z.strictObject({
    links: z.array(link).max(LINKS_PAGE),
    /** How many links the log has in all. */
    length: z.int().min(0),
    /** Wraps that the log names are not here: whoever kept them is asked to submit them again. */
    incomplete: z.literal(true).optional(),
  }),
  errors: [...SIGNED_ERRORS, ...BOX_ERRORS],
} as const satisfies Route

export const appendLink = {
  id: 'appendLink',
  method: 'POST',
  path: '/api/households/:household/log',
  summary: 'Append a link by compare-and-swap on its number and predecessor, with its wraps.',
  callers: ['device'],
  params: household,
  query: nothing,
  body: z.strictObject({ link, wraps }),
  status: 201,
  response: z.strictObject({ length: z.int().min(1) }),
  errors: [...SIGNED_ERRORS, 'log-conflict', 'log-refused', 'device-refused'],
} as const satisfies Route

export const resubmitLinks = {
  id: 'resubmitLinks',
  method: 'POST',
  path: '/api/households/:household/log/resubmission',
  summary:
    'After a roll-back of the server: links that it had before, from a number on, and wraps that the log names. Links prove themselves, so nobody signs: the newest link that the server has must be among them, or be followed by the first of them. Repeatable.',
  callers: ['session'],
  params: household,
  query: nothing,
  body: z.strictObject({
    /** The number of the first link. */
    from: z.int().min(0).max(1e9),
    links: z.array(link).min(1).max(LINKS_PAGE),
    wraps,
  }),
  status: 200,
  response: z.strictObject({
    /** How many links the server had, and has now. */
    had: z.int().min(0),
    length: z.int().min(1),
  }),
  errors: [...SESSION_ERRORS, 'not-found', 'log-refused', 'household-ended'],
} as const satisfies Route

export const readWraps = {
  id: 'readWraps',
  method: 'GET',
  path: '/api/households/:household/wraps',
  summary: 'The wraps made for the calling device or recovery card.',
  callers: ['device'],
  params: household,
  query: nothing,
  body: 'empty',
  status: 200,
  response: z.strictObject({
    wraps: z.array(
      z.strictObject({
        of: principalId.schema,
        epoch: z.int().min(1),
        wrap: base64(WRAP_BYTES, 1),
      }),
    ),
  }),
  errors: [...SIGNED_ERRORS],
} as const satisfies Route

export const findByCard = {
  id: 'findByCard',
  method: 'GET',
  path: '/api/cards/:card/household',
  summary: 'The household that a recovery card opens. The id of a card tells nothing without it.',
  callers: ['session'],
  params: z.strictObject({ card: deviceId.schema }),
  query: nothing,
  body: 'empty',
  status: 200,
  response: household,
  errors: [...SESSION_ERRORS, 'not-found'],
} as const satisfies Route

/** A request to join as guardians see it. `hello` is sealed to the household. */
export const joinRequest = z.strictObject({
  request: requestId.schema,
  bytes: base64(REQUEST_BYTES, 1),
  joinSignature: base64(64, 64),
  deviceSignature: base64(64, 64),
  hello: base64(HELLO_BYTES, 1),
  /** The guardian's nonce, once published, and the device that published it. */
  nonce: nonce.optional(),
  nonceBy: deviceId.schema.optional(),
  /** The joiner's nonce, once revealed. */
  reveal: nonce.optional(),
})

export const askToJoin = {
  id: 'askToJoin',
  method: 'POST',
  path: '/api/households/:household/requests',
  summary: 'Ask to join with an invitation: the request, its signatures and a sealed hello.',
  callers: ['joiner'],
  params: household,
  query: nothing,
  body: z.strictObject({
    bytes: base64(REQUEST_BYTES, 1),
    joinSignature: base64(64, 64),
    deviceSignature: base64(64, 64),
    hello: base64(HELLO_BYTES, 1),
  }),
  status: 201,
  response: z.strictObject({ request: requestId.schema }),
  errors: [...SIGNED_ERRORS, 'invite-dead', 'log-refused'],
} as const satisfies Route

export const listRequests = {
  id: 'listRequests',
  method: 'GET',
  path: '/api/households/:household/requests',
  summary: 'Requests to join that wait for a guardian.',
  callers: ['device'],
  params: household,
  query: nothing,
  body: 'empty',
  status: 200,
  response: z.strictObject({ requests: z.array(joinRequest) }),
  errors: [...SIGNED_ERRORS, 'device-refused'],
} as const satisfies Route

export const publishNonce = {
  id: 'publishNonce',
  method: 'PUT',
  path: '/api/households/:household/requests/:request/nonce',
  summary: "Publish the guardian's nonce for a request, once; the first one stays.",
  callers: ['device'],
  params: oneRequest,
  query: nothing,
  body: z.strictObject({ nonce }),
  status: 204,
  response: 'empty',
  errors: [...SIGNED_ERRORS, 'device-refused', 'request-unready'],
} as const satisfies Route

export const declineRequest = {
  id: 'declineRequest',
  method: 'DELETE',
  path: '/api/households/:household/requests/:request',
  summary: 'Turn a request to join down.',
  callers: ['device'],
  params: oneRequest,
  query: nothing,
  body: 'empty',
  status: 204,
  response: 'empty',
  errors: [...SIGNED_ERRORS, 'device-refused'],
} as const satisfies Route

export const requestState = {
  id: 'requestState',
  method: 'GET',
  path: '/api/households/:household/requests/:request',
  summary: "How a request to join stands, for its joiner: the guardian's nonce, the outcome.",
  callers: ['joiner'],
  params: oneRequest,
  query: nothing,
  body: 'empty',
  status: 200,
  response: z.strictObject({
    state: z.enum(['waiting', 'answered', 'revealed', 'admitted', 'declined']),
    nonce: nonce.optional(),
  }),
  errors: [...SIGNED_ERRORS],
} as const satisfies Route

export const revealNonce = {
  id: 'revealNonce',
  method: 'PUT',
  path: '/api/households/:household/requests/:request/reveal',
  summary: "Reveal the joiner's nonce, after the guardian's was published; the first one stays.",
  callers: ['joiner'],
  params: oneRequest,
  query: nothing,
  body: z.strictObject({ nonce }),
  status: 204,
  response: 'empty',
  errors: [...SIGNED_ERRORS, 'request-unready'],
} as const satisfies Route
