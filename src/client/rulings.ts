import { childId, type ChildId, type PrincipalId } from '../protocol/ids.ts'
import { activeDevice, isTrusted, roleOf, type Household } from '../protocol/log/household.ts'
import type { Entry, VoiceEntry } from './mailbag.ts'
import { personIn, type Profile } from './profile.ts'

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

/** What guardians decide about a message; the last one counts. */
export const VERDICTS: readonly string[] = ['approved', 'rejected', 'withdrawn']

/** What a message is judged by: the log, and what guardians told of people. */
export type Rules = { readonly household: Household; readonly profile: Profile | undefined }

/**
 * Where a message stands, from what was said of it (`about`): guardians and toys are believed, and
 * nobody else.
 */
export function stateOf(
  voice: VoiceEntry,
  about: readonly Entry[],
  { household, profile }: Rules,
): MessageState {
  if (!voice.for.some(childId.is)) {
    const believed = about.filter((entry) => entry.by === voice.by || mayRule(household, entry))
    return believed.some((entry) => eventOf(entry) === 'played') ? 'played' : 'delivered'
  }
  const events = about.filter((entry) => rules(household, entry)).map(eventOf)
  const verdict = events.findLast((event) => VERDICTS.includes(event))
  if (verdict === 'rejected') return 'rejected'
  const reached = REACHED.findLast((state) => events.includes(state))
  if (reached && reached !== 'approved') return reached
  if (verdict === 'withdrawn') return 'waiting'
  const isFree = isTrusted(household, voice.person) && maySend({ household, profile }, voice)
  const speaks = activeDevice(household, voice.by) !== undefined
  return verdict === 'approved' || (isFree && speaks) ? 'approved' : 'waiting'
}

/**
 * Whether guardians let somebody send to the children a voice is for: else it waits for a guardian,
 * whatever else they trust them with.
 */
export function maySend(
  { household, profile }: Rules,
  { person, for: meant }: Pick<VoiceEntry, 'person' | 'for'>,
): boolean {
  if (isPaused({ household, profile }, person)) return false
  const allowed = allowedChildren({ household, profile }, person)
  return !allowed || meant.every((whom) => !childId.is(whom) || allowed.includes(whom))
}

/** The children that guardians let somebody send to; all without. Of guardians nobody says that. */
export function allowedChildren(
  { household, profile }: Rules,
  person: PrincipalId,
): readonly ChildId[] | undefined {
  if (household.principals.get(person)?.role === 'guardian') return undefined
  return personIn(profile, person)?.children
}

/** Whether guardians let somebody take a break. No guardian silences another one. */
export function isPaused({ household, profile }: Rules, person: PrincipalId): boolean {
  if (household.principals.get(person)?.role === 'guardian') return false
  return personIn(profile, person)?.paused === true
}

/** What an entry says of a message; nothing where it only saves it or passes it on. */
export function eventOf(entry: Entry): string {
  if (entry.kind === 'receipt') return entry.event
  return entry.kind === 'forward' && entry.why === 'approve' ? 'approved' : ''
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
