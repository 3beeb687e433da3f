import { z } from 'zod'
import { base64, nothing, type Route, SESSION_ERRORS } from './route.ts'

/** Bytes of a recovery card's code sealed under what a passkey gives. */
export const WRAPPED_CARD_BYTES = 256

/** A passkey of the account, by the id that its authenticator chose. */
const credential = base64(1023, 1)
const wrapped = base64(WRAPPED_CARD_BYTES, 1)
const one = z.strictObject({ credential })

export const listWrappedCards = {
  id: 'listWrappedCards',
  method: 'GET',
  path: '/api/wrapped-cards',
  summary: 'The recovery cards that passkeys of this account keep, each sealed for its passkey.',
  callers: ['session'],
  params: nothing,
  query: nothing,
  body: 'empty',
  status: 200,
  response: z.strictObject({ cards: z.array(z.strictObject({ credential, wrapped })) }),
  errors: [...SESSION_ERRORS],
} as const satisfies Route

export const putWrappedCard = {
  id: 'putWrappedCard',
  method: 'PUT',
  path: '/api/wrapped-cards/:credential',
  summary: 'Keep a recovery card for a passkey of this account, in place of an earlier one.',
  callers: ['session'],
  params: one,
  query: nothing,
  body: z.strictObject({ wrapped }),
  status: 204,
  response: 'empty',
  errors: [...SESSION_ERRORS, 'not-found'],
} as const satisfies Route

export const removeWrappedCard = {
  id: 'removeWrappedCard',
  method: 'DELETE',
  path: '/api/wrapped-cards/:credential',
  summary: 'Forget the recovery card that a passkey keeps. Repeatable.',
  callers: ['session'],
  params: one,
  query: nothing,
  body: 'empty',
  status: 204,
  response: 'empty',
  errors: [...SESSION_ERRORS],
} as const satisfies Route
