import * as accounts from './accounts.ts'
import * as deletions from './deletions.ts'
import * as factors from './factors.ts'
import * as households from './households.ts'
import * as messages from './messages.ts'
import * as notices from './notices.ts'
import * as pairing from './pairing.ts'
import type { Route } from './route.ts'
import * as secondStep from './second-step.ts'
import * as sessions from './sessions.ts'
import * as wrappedCards from './wrapped-cards.ts'

/** Every route of the API, in the order of the documentation. */
export const ROUTES: readonly Route[] = [
  ...Object.values(accounts),
  ...Object.values(sessions),
  ...Object.values(secondStep),
  ...Object.values(factors),
  ...Object.values(wrappedCards),
  ...Object.values(households),
  ...Object.values(deletions),
  ...Object.values(pairing),
  ...Object.values(messages),
  ...Object.values(notices),
].filter((value): value is Route & typeof value => isRoute(value))

function isRoute(value: unknown): value is Route {
  return typeof value === 'object' && value !== null && 'path' in value && 'method' in value
}
