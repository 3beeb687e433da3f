import * as accounts from './accounts.ts'
import * as factors from './factors.ts'
import * as households from './households.ts'
import * as messages from './messages.ts'
import type { Route } from './route.ts'
import * as secondStep from './second-step.ts'
import * as sessions from './sessions.ts'

/** Every route of the API, in the order of the documentation. */
export const ROUTES: readonly Route[] = [
  ...Object.values(accounts),
  ...Object.values(sessions),
  ...Object.values(secondStep),
  ...Object.values(factors),
  ...Object.values(households),
  ...Object.values(messages),
].filter((value): value is Route & typeof value => isRoute(value))

function isRoute(value: unknown): value is Route {
  return typeof value === 'object' && value !== null && 'path' in value && 'method' in value
}
