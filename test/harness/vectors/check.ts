import { checkLog, checkWraps } from './check-log.ts'
import { checkMessages } from './check-messages.ts'
import { checkCards, checkDigits, checkInvitations, checkRequests } from './check-words.ts'
import type { Load } from './shapes.ts'
import type { Verdict } from './verdicts.ts'

/** What there are vectors of, and how each is run through our own doors. Neither Node nor the DOM. */
export const CHECKS: Readonly<Record<string, (load: Load) => Promise<readonly Verdict[]>>> = {
  log: checkLog,
  wraps: checkWraps,
  cards: checkCards,
  invitations: checkInvitations,
  digits: checkDigits,
  requests: checkRequests,
  messages: checkMessages,
}

/** All of `test/vectors/pawpost`. */
export async function checkVectors(load: Load): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = []
  for (const check of Object.values(CHECKS)) verdicts.push(...(await check(load)))
  return verdicts
}
