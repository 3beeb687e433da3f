import type { DeviceId, HouseholdId, MessageId } from '../../protocol/ids.ts'
import { readOuter } from '../../protocol/message/outer.ts'
import type { Registry } from '../households/households.ts'
import { readEnvelopes } from './store.ts'

/**
 * Those of a device's own messages that are not stored, in the order asked. A message of somebody
 * else counts as missing: nobody learns what others sent.
 */
export async function missingMessages(
  { db }: Registry,
  { household, signer }: { household: HouseholdId; signer: DeviceId },
  asked: readonly MessageId[],
): Promise<MessageId[]> {
  const stored = (await readEnvelopes(db, household, asked)).map(readOuter)
  const own = new Set(stored.filter(({ by }) => by === signer).map(({ mid }) => mid))
  return asked.filter((message) => !own.has(message))
}
