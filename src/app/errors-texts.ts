import { ERRORS, type ErrorCode } from '../protocol/errors.ts'
import { first } from './language/language.ts'

const entries = Object.entries(ERRORS).map(([code, { says }]) => [code, says])

/** What each error of the vocabulary says. In English they stand where the errors do. */
export const errors = first(
  'errors',
  Object.fromEntries(entries) as Readonly<Record<ErrorCode, string>>,
)
