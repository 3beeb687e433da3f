import { agreed, electorateAgainst } from './consent.ts'
import {
  guardiansOf,
  holdersOf,
  roleOf,
  type Ending,
  type Household,
  type Principal,
} from './household.ts'
import { endDevice, endPerson, principalOf } from './membership.ts'
import type { Arguments, Consents } from './ops.ts'
import { demand, refuse } from './refusals.ts'
import { demandGuardian, makerOf, rotateExactly, rotateHeld, type Step } from './step.ts'

/** The rules of who goes: devices, people, and guardians who do not agree. */

/** How long a guardian's removal is announced, in milliseconds: 72 hours. */
export const NOTICE_MS = 72 * 60 * 60 * 1000

export function revokeDevice(step: Step, args: Arguments<'revdev'>): Household {
  const { household, signer, seq } = step
  const device = household.devices.get(args.device) ?? refuse('device-unknown')
  demand(device.until === undefined && !device.card, 'device-unknown')
  const own = signer.person === device.person
  demand(own || guards(step, roleOf(household, device)), 'role-forbidden')
  const ended = endDevice(household, device, seq, args.last)
  demand(
    holdersOf(ended, device.person).some((holder) => !holder.card),
    'last-device',
  )
  return rotateHeld(ended, device, args.rotations, makerOf(step))
}

/** Whether the signer is a guardian and the other one somebody guardians are responsible for. */
function guards({ household, signer }: Step, other: string | undefined): boolean {
  const isWard = other === 'relative' || other === 'toy' || other === 'box'
  return roleOf(household, signer) === 'guardian' && isWard
}

export function remove(step: Step, args: Arguments<'remove'>): Household {
  const { household, seq } = step
  const person = principalOf(household, args.person)
  demand(person.role !== 'household', 'principal-unknown')
  const { allowed, ended } = allowance(step, person, args.consents)
  const messages = new Map(args.last.map(({ device, n, hash }) => [device, { n, hash }]))
  const leaving = holdersOf(household, person.id).filter((device) => !device.card)
  const named = leaving.every((device) => messages.has(device.id))
  demand(named && args.last.length === leaving.length, 'counters-incomplete')
  const after = endPerson(allowed, person, { until: seq, ended }, messages)
  const shrinks = person.role === 'guardian' ? household.principal : undefined
  return rotateExactly(after, shrinks, args.rotation, makerOf(step))
}

/** Whether this removal may be, and by what right. Refuses consents that are not needed. */
function allowance(
  step: Step,
  person: Principal,
  consents: Consents | undefined,
): { allowed: Household; ended: Ending } {
  const { household, signer } = step
  const own = signer.person === person.id
  const ended: Ending = own ? 'self' : 'guardian'
  if (person.role === 'guardian' && !own) return removalOfGuardian(step, person, consents)
  demand(consents === undefined, 'consent-foreign')
  demand(own || guards(step, person.role), 'role-forbidden')
  const isLast = person.role === 'guardian' && guardiansOf(household).length === 1
  demand(!isLast, 'last-guardian')
  return { allowed: household, ended }
}

function removalOfGuardian(
  step: Step,
  person: Principal,
  consents: Consents | undefined,
): { allowed: Household; ended: Ending } {
  demandGuardian(step)
  const { household, at } = step
  const notice = household.notices.get(person.id)
  if (notice && !consents) {
    demand(at - notice.at >= NOTICE_MS, 'notice-running')
    return { allowed: household, ended: 'notice' }
  }
  const electorate = electorateAgainst(guardiansOf(household), person)
  const wanted = { op: 'remove', person: person.id } as const
  return { allowed: agreed(step, wanted, electorate, consents), ended: 'quorum' }
}

/** Announces the removal of another guardian, or takes one's own announcement back. */
export function announce(step: Step, { person: id, stands }: Arguments<'notice'>): Household {
  demandGuardian(step)
  const { household, signer, seq: since, at } = step
  const person = principalOf(household, id)
  demand(person.role === 'guardian' && signer.person !== id, 'notice-needless')
  const standing = household.notices.get(id)
  const notices = new Map(household.notices)
  if (stands) {
    demand(standing === undefined, 'notice-known')
    return { ...household, notices: notices.set(id, { by: signer.person, since, at }) }
  }
  demand(standing !== undefined, 'notice-unknown')
  demand(standing.by === signer.person, 'role-forbidden')
  notices.delete(id)
  return { ...household, notices }
}
