import { z } from 'zod'
import { householdId, pairingId } from '../ids.ts'
import { base64, nothing, type Route, SIGNED_ERRORS } from './route.ts'

/** Minutes that another phone has to come in by one code. */
export const PAIRING_MINUTES = 10
/** Bytes of what the two phones leave for each other, at most; sealed under what the code holds. */
export const OFFER_BYTES = 4096
export const ANSWER_BYTES = 4096
export const REVEAL_BYTES = 128

const sealedNonce = base64(REVEAL_BYTES, 1)
const ofMember = z.strictObject({ household: householdId.schema, pairing: pairingId.schema })
const ofNewcomer = z.strictObject({ pairing: pairingId.schema })

export const openPairing = {
  id: 'openPairing',
  method: 'POST',
  path: '/api/households/:household/pairings',
  summary:
    'Offer to bring in another phone of the same person: a one-time public key and a sealed offer, ' +
    'for ten minutes. Takes the place of an earlier one of this device. Repeatable.',
  callers: ['device'],
  params: z.strictObject({ household: householdId.schema }),
  query: nothing,
  body: z.strictObject({
    pairing: pairingId.schema,
    key: base64(32, 32),
    offer: base64(OFFER_BYTES, 1),
  }),
  status: 201,
  response: ofNewcomer,
  errors: [...SIGNED_ERRORS, 'device-refused', 'request-unready'],
} as const satisfies Route

export const readPairing = {
  id: 'readPairing',
  method: 'GET',
  path: '/api/households/:household/pairings/:pairing',
  summary: 'What the new phone answered, for the device that offered.',
  callers: ['device'],
  params: ofMember,
  query: nothing,
  body: 'empty',
  status: 200,
  response: z.strictObject({ answer: base64(ANSWER_BYTES, 1).optional() }),
  errors: [...SIGNED_ERRORS],
} as const satisfies Route

export const revealPairing = {
  id: 'revealPairing',
  method: 'PUT',
  path: '/api/households/:household/pairings/:pairing/nonce',
  summary: 'Reveal the sealed nonce that the offer commits to, after the answer. The first stays.',
  callers: ['device'],
  params: ofMember,
  query: nothing,
  body: z.strictObject({ nonce: sealedNonce }),
  status: 204,
  response: 'empty',
  errors: [...SIGNED_ERRORS, 'request-unready'],
} as const satisfies Route

export const closePairing = {
  id: 'closePairing',
  method: 'DELETE',
  path: '/api/households/:household/pairings/:pairing',
  summary: 'Forget a pairing: it is done, or nobody is to come in. Repeatable.',
  callers: ['device'],
  params: ofMember,
  query: nothing,
  body: 'empty',
  status: 204,
  response: 'empty',
  errors: [...SIGNED_ERRORS],
} as const satisfies Route

export const readOffer = {
  id: 'readOffer',
  method: 'GET',
  path: '/api/pairings/:pairing',
  summary: 'The sealed offer and, once revealed, the sealed nonce; for the new phone.',
  callers: ['newcomer'],
  params: ofNewcomer,
  query: nothing,
  body: 'empty',
  status: 200,
  response: z.strictObject({
    offer: base64(OFFER_BYTES, 1),
    nonce: sealedNonce.optional(),
  }),
  errors: [...SIGNED_ERRORS],
} as const satisfies Route

export const answerPairing = {
  id: 'answerPairing',
  method: 'PUT',
  path: '/api/pairings/:pairing/answer',
  summary: 'Answer an offer as the new phone, once; the first answer stays.',
  callers: ['newcomer'],
  params: ofNewcomer,
  query: nothing,
  body: z.strictObject({ answer: base64(ANSWER_BYTES, 1) }),
  status: 204,
  response: 'empty',
  errors: [...SIGNED_ERRORS, 'request-unready'],
} as const satisfies Route
