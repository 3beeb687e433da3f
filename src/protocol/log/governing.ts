import { agreed, majorityOf, type Electorate } from './consent.ts'
import { guardiansOf, holdersOf, type Household } from './household.ts'
import { close, principalOf, rotate } from './membership.ts'
import { SUITES, type Arguments } from './ops.ts'
import { demand, refuse } from './refusals.ts'
import { demandGuardian, makerOf, type Step } from './step.ts'

/** The rules of how a household keeps house: epochs, rules, suites. */

export function rotateOne(step: Step, { rotation }: Arguments<'rotate'>): Household {
  demandHolder(step, rotation.id)
  return rotate(step.household, rotation, makerOf(step))
}

function demandHolder({ household, signer }: Step, id: Arguments<'shred'>['principal']): void {
  principalOf(household, id)
  const holds = holdersOf(household, id).some((holder) => holder.id === signer.id)
  demand(holds, 'role-forbidden')
}

const DAY_MS = 24 * 60 * 60 * 1000

/** Closes epochs for ever once all they can hold is older than the household keeps messages. */
export function shred(step: Step, { principal: id, below }: Arguments<'shred'>): Household {
  demandHolder(step, id)
  const { household, at } = step
  const principal = principalOf(household, id)
  const oldestKept = principal.epochs[below - 1]
  if (!oldestKept || below <= principal.open) return refuse('epoch-unknown')
  const { retention } = household.policy
  demand(retention > 0 && at - oldestKept.at >= retention * DAY_MS, 'shred-early')
  return close(household, principal, below)
}

export function changePolicy(step: Step, { policy, consents }: Arguments<'policy'>): Household {
  demandGuardian(step)
  const allowed = agreed(step, { op: 'policy', policy }, allGuardians(step), consents)
  return { ...allowed, policy }
}

/** A suite changes only upwards, and no suite follows the first one yet: all known ones are refused. */
export function changeSuite(step: Step, { suite }: Arguments<'suite'>): Household {
  demandGuardian(step)
  const known: readonly string[] = SUITES
  return refuse(known.includes(suite) ? 'suite-downgrade' : 'suite-unknown')
}

function allGuardians({ household }: Step): Electorate {
  const voters = guardiansOf(household)
  return { voters, needed: majorityOf(voters.length) }
}
