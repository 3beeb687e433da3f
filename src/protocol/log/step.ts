import type { PrincipalId } from '../ids.ts'
import { heldBy, roleOf, type Device, type Household } from './household.ts'
import { rotate, type Maker } from './membership.ts'
import type { Arguments, Op, Rotation } from './ops.ts'
import { demand, refuse } from './refusals.ts'

/** Where a rule stands: the household with the link's hash appended, and who signed. */
export type Step = {
  readonly household: Household
  readonly signer: Device
  readonly seq: number
  /** Milliseconds since 1970: the signer's claim. */
  readonly at: number
}

/** What an op demands and does. */
export type Rule<O extends Op> = (step: Step, args: Arguments<O>) => Household

export function demandGuardian({ household, signer }: Step): void {
  demand(roleOf(household, signer) === 'guardian', 'role-forbidden')
}

/** The maker of an epoch that this step begins. */
export function makerOf({ seq, at, signer }: Step): Maker {
  return { since: seq, at, by: signer.id }
}

/** Demands a rotation of `principal`, or of nothing when there is no principal to rotate. */
export function rotateExactly(
  household: Household,
  principal: PrincipalId | undefined,
  rotation: Rotation | undefined,
  maker: Maker,
): Household {
  if (!principal) {
    demand(rotation === undefined, 'rotation-unexpected')
    return household
  }
  if (!rotation) return refuse('rotation-missing')
  demand(rotation.id === principal, 'rotation-unexpected')
  return rotate(household, rotation, maker)
}

/** Demands a rotation of exactly what `device` holds, or held. */
export function rotateHeld(
  household: Household,
  device: Device,
  rotations: readonly Rotation[],
  maker: Maker,
): Household {
  const expected = new Set(heldBy(household, device))
  demand(
    rotations.every(({ id }) => expected.delete(id)),
    'rotation-unexpected',
  )
  demand(expected.size === 0, 'rotation-missing')
  return rotations.reduce((before, one) => rotate(before, one, maker), household)
}
