import type { DeviceId } from '../ids.ts'
import type { Household } from './household.ts'
import { MOST_CHILDREN, type Arguments, type Consented } from './ops.ts'
import { demand, refuse } from './refusals.ts'
import { demandGuardian, type Step } from './step.ts'

/** The rules of whom it is all about: a guardian consents for a child, once and on record. */

export function consentFor(step: Step, consented: Arguments<'child'>): Household {
  demandGuardian(step)
  return withChild(step.household, consented, { by: step.signer.id, since: step.seq })
}

/** A household with one more child. An id is used once, also after its consent was withdrawn. */
export function withChild(
  household: Household,
  { id, terms }: Consented,
  record: { readonly by: DeviceId; readonly since: number },
): Household {
  const { children } = household
  demand(!children.has(id), 'child-known')
  demand(children.size < MOST_CHILDREN, 'children-too-many')
  return { ...household, children: new Map(children).set(id, { id, terms, ...record }) }
}

/** Any guardian may withdraw: nobody's recordings are made against one parent's will. */
export function withdraw(step: Step, { child: id }: Arguments<'withdraw'>): Household {
  demandGuardian(step)
  const { household, seq: until } = step
  const child = household.children.get(id)
  if (!child || child.until !== undefined) return refuse('child-unknown')
  return { ...household, children: new Map(household.children).set(id, { ...child, until }) }
}
