import { PawpostError } from '../../protocol/errors.ts'
import type { HouseholdId, MessageId } from '../../protocol/ids.ts'
import type { Household } from '../../protocol/log/household.ts'
import type { Addressee } from '../../protocol/message/addressees.ts'
import { BUCKETS, readOuter } from '../../protocol/message/outer.ts'
import type { Clock } from '../platform/clock.ts'
import type { Executor } from '../platform/statements.ts'
import { countRecording, dropRecordings, readRecorded } from './store.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** Messages of a household in 24 hours, receipts and names included. */
export const MESSAGES_A_DAY = 5_000
/** Receipts and wishes to forget fit into this padded size: they always pass, or nothing could end. */
const ALWAYS_PASSES = BUCKETS[0] ?? 0
const PAGE = 500

/** What one household may take up. */
export type Space = { readonly bytes: number }

/**
 * Lets a message of a padded size pass, within the transaction that stores it. Throws `family-full`
 * when the household's recordings take up more than they may, and `family-busy` for more than
 * {@link MESSAGES_A_DAY} in 24 hours: both undo the count.
 */
export async function makeRoom(
  { transaction, clock, space }: { transaction: Executor; clock: Clock; space: Space },
  household: HouseholdId,
  { size, bytes }: { readonly size: number; readonly bytes: number },
): Promise<void> {
  const now = clock.now()
  const span = { now: new Date(now), before: new Date(now - DAY_MS) }
  const taken = await countRecording(transaction, household, bytes, span)
  if (taken.sent > MESSAGES_A_DAY) throw new PawpostError('family-busy')
  if (size > ALWAYS_PASSES && taken.bytes > space.bytes) throw new PawpostError('family-full')
}

/**
 * Deletes the recordings that nobody can open any more: every addressee's epoch is closed for ever,
 * or the addressee has left. Their entries stay, as mailboxes have no gaps. Repeatable.
 */
export async function dropClosed(db: Executor, household: Household): Promise<number> {
  let freed = 0
  let after: MessageId | undefined
  for (;;) {
    const page = await readRecorded(db, household.id, after, PAGE)
    const gone = page.filter(({ envelope }) =>
      readOuter(envelope).to.every((one) => isClosed(household, one)),
    )
    const messages = gone.map(({ message }) => message)
    if (messages.length > 0) freed += await dropRecordings(db, household.id, messages)
    after = page.at(-1)?.message
    if (page.length < PAGE) return freed
  }
}

function isClosed(household: Household, { pid, epoch }: Addressee): boolean {
  const principal = household.principals.get(pid)
  return !principal || principal.until !== undefined || epoch < principal.open
}
