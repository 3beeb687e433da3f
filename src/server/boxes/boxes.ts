import { BOX_BYTES, BOX_MESSAGES } from '../../protocol/api/messages.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { DeviceId, HouseholdId } from '../../protocol/ids.ts'
import { demand } from '../../protocol/message/refusals.ts'
import type { Clock } from '../platform/clock.ts'
import type { Executor } from '../platform/statements.ts'
import { countMessage } from './store.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Lets a drop-box's message pass, within the transaction that stores it: no larger than a voice for
 * the toy, and no more than {@link BOX_MESSAGES} in 24 hours. Throws `message-refused` (`too-large`)
 * and `too-many` (`box-day`), which undoes the count.
 */
export async function admitFromBox(
  transaction: Executor,
  clock: Clock,
  message: { household: HouseholdId; box: DeviceId; size: number },
): Promise<void> {
  demand(message.size <= BOX_BYTES, 'too-large')
  const now = clock.now()
  const span = { now: new Date(now), before: new Date(now - DAY_MS) }
  if ((await countMessage(transaction, message, span)) > BOX_MESSAGES) {
    throw new PawpostError('too-many', 'box-day')
  }
}
