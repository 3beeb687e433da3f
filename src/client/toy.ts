import { verifyApproval, type VerifiedApproval } from '../keys/approval.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { MessageId } from '../protocol/ids.ts'
import type { Client } from './client.ts'
import { readFamily } from './family.ts'
import { entries, originalOf, type Entry } from './mailbag.ts'
import { tellEvent, voiceOf } from './judging.ts'
import { readProfile } from './profile.ts'
import { eventOf, maySend, rules } from './rulings.ts'

/**
 * The verified approval of a message: a guardian's forward, or the voice itself when a guardian
 * spoke it. Verified anew from the signed bytes each time. Throws `not-approved`.
 */
export async function approvalFor(client: Client, message: MessageId): Promise<VerifiedApproval> {
  const { household } = await readFamily(client)
  const verdicts = (await entries(client)).filter(
    (entry) => entry.kind !== 'voice' && entry.of === message && decides(entry),
  )
  // The last one that counts; failing that, one that says why it does not.
  const ruling = verdicts.findLast((entry) => rules(household, entry)) ?? verdicts.at(-1)
  if (ruling?.kind === 'receipt') throw new PawpostError('not-approved', ruling.event)
  const signed = await originalOf(client, ruling?.mid ?? message)
  if (!signed) throw new PawpostError('not-found')
  if (!ruling) await demandMaySend(client, message)
  const approval = verifyApproval(household, signed)
  if (approval.message !== message) throw new PawpostError('not-approved', 'not-an-approval')
  return approval
}

/** A forward approves; a receipt only tells the speaker that, but it is one that takes it back. */
function decides(entry: Entry): boolean {
  const event = eventOf(entry)
  return entry.kind === 'receipt' ? TAKEN_BACK.includes(event) : event === 'approved'
}

const TAKEN_BACK: readonly string[] = ['rejected', 'withdrawn']

/** Who is trusted may speak to the children that guardians named, and to no other. */
async function demandMaySend(client: Client, message: MessageId): Promise<void> {
  const { household } = await readFamily(client)
  const profile = await readProfile(client)
  if (!maySend({ household, profile }, await voiceOf(client, message))) {
    throw new PawpostError('not-approved', 'child-not-allowed')
  }
}

/** Tells the sender that the message is in the bear. */
export async function markInTheBear(client: Client, message: MessageId): Promise<void> {
  await tellEvent(client, message, 'in-the-bear')
}
