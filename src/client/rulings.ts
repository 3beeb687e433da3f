import { activeDevice, roleOf, type Household } from '../protocol/log/household.ts'
import type { Entry, VoiceEntry } from './mailbag.ts'

/** Where a voice message stands, as a person would say it. */
export type MessageState =
  | 'sending'
  | 'failed'
  | 'waiting'
  | 'approved'
  | 'rejected'
  | 'in-the-bear'
  | 'played'
  | 'delivered'

/** States by rank: a later one never steps back to an earlier one. */
const REACHED = ['approved', 'in-the-bear', 'played'] as const

/** Where a message stands, from what guardians (and toys) said of it: nobody else is believed. */
export function stateOf(
  voice: VoiceEntry,
  known: readonly Entry[],
  household: Household,
): MessageState {
  const about = known.filter((entry) => entry.kind !== 'voice' && entry.of === voice.mid)
  if (voice.for !== 'child') {
    const believed = about.filter((entry) => entry.by === voice.by || mayRule(household, entry))
    return believed.some((entry) => eventOf(entry) === 'played') ? 'played' : 'delivered'
  }
  const ruled = about.filter((entry) => rules(household, entry))
  const verdict = ruled.findLast((entry) => ['approved', 'rejected'].includes(eventOf(entry)))
  if (verdict && eventOf(verdict) === 'rejected') return 'rejected'
  const reached = REACHED.findLast((state) => ruled.some((entry) => eventOf(entry) === state))
  // A guardian's own voice needs no approval: the guardian's signature is one.
  return reached ?? (rules(household, voice) ? 'approved' : 'waiting')
}

/** What an entry says of a message. To forward it, or to have spoken it, is to approve it. */
export function eventOf(entry: Entry): string {
  return entry.kind === 'receipt' ? entry.event : 'approved'
}

/**
 * Whether an entry counts: it is by a guardian or a toy, and an approval by a device that is enrolled
 * now. No toy takes one of a device that was ended, so somebody else has to approve anew. What was
 * turned down, or is in the bear already, stays so.
 */
export function rules(household: Household, entry: Entry): boolean {
  const isThere = activeDevice(household, entry.by) !== undefined
  return mayRule(household, entry) && (isThere || eventOf(entry) !== 'approved')
}

function mayRule(household: Household, { by }: { by: Entry['by'] }): boolean {
  const device = household.devices.get(by)
  const role = device && roleOf(household, device)
  return role === 'guardian' || role === 'toy'
}
