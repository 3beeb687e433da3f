import { checkLog, checkWraps } from './check-log.ts'
import { checkMessages } from './check-messages.ts'
import { checkCards, checkDigits, checkInvitations, checkRequests } from './check-words.ts'
import type { Load } from './shapes.ts'
import type { Verdict } from './verdicts.ts'

/** Runs all of `test/vectors/pawpost` through our own doors; needs neither Node nor the DOM. */
export async function checkVectors(load: Load): Promise<readonly Verdict[]> {
  const parts = [checkLog, checkWraps, checkCards, checkInvitations, checkDigits, checkRequests]
  const verdicts: Verdict[] = []
  for (const part of [...parts, checkMessages]) verdicts.push(...(await part(load)))
  return verdicts
}
