import { deviceIdOf, isStrongKey } from '../ed25519.ts'
import type { DeviceId, PrincipalId } from '../ids.ts'
import { isStrongRecipient } from '../recipient.ts'
import {
  holdersOf,
  type Device,
  type Ending,
  type Epoch,
  type Household,
  type Principal,
} from './household.ts'
import type { Grant, LastMessage, NewPrincipal, PublicKeys, Rotation, WrapRef } from './ops.ts'
import { demand, refuse } from './refusals.ts'

/** Devices and cards of one person, and of all guardians together, at most. */
const MOST_OF_PERSON = 16
const MOST_OF_HOUSEHOLD = 64

/** A household with one entry of one of its maps replaced. */
function withDevice(household: Household, device: Device): Household {
  return { ...household, devices: new Map(household.devices).set(device.id, device) }
}

function withPrincipal(household: Household, principal: Principal): Household {
  return {
    ...household,
    principals: new Map(household.principals).set(principal.id, principal),
  }
}

/** The principal that has not left; refuses otherwise. */
export function principalOf(household: Household, id: PrincipalId): Principal {
  const principal = household.principals.get(id)
  return principal && principal.until === undefined ? principal : refuse('principal-unknown')
}

export type Enrolment = {
  readonly keys: PublicKeys
  readonly person: PrincipalId
  readonly card: boolean
  readonly since: number
}

/** Enrols a device or card. Its keys must be strong and never seen before in this household. */
export function enrol(household: Household, { keys, person, card, since }: Enrolment): Household {
  demand(isStrongKey(keys.sig), 'key-weak')
  const id = deviceIdOf(keys.sig)
  demand(!household.devices.has(id), 'device-known')
  demandFresh(household, keys.kem)
  return withDevice(household, { id, card, sig: keys.sig, kem: keys.kem, person, since })
}

/** The link that made an epoch, when it says it did, and the device that chose its secret. */
export type Maker = Pick<Epoch, 'since' | 'at' | 'by'>

/** Founds a principal at epoch 1, with a wrap for each of its holders and for nobody else. */
export function found(
  household: Household,
  principal: NewPrincipal,
  role: Principal['role'],
  maker: Maker,
): Household {
  const { id, rec, wraps } = principal
  demand(!household.principals.has(id), 'principal-known')
  demandFresh(household, rec)
  const epochs = [{ epoch: 1, rec, ...maker, wraps }]
  const after = withPrincipal(household, { id, role, since: maker.since, epochs, open: 1 })
  demandExactly(wraps, holdersOf(after, id))
  return after
}

/** Founds a drop-box: a principal that nobody can encrypt to. Refuses a known one. */
export function foundBox(
  household: Household,
  { id, since, expires }: { id: PrincipalId; since: number; expires: number },
): Household {
  demand(!household.principals.has(id), 'principal-known')
  return withPrincipal(household, { id, role: 'box', since, epochs: [], open: 1, expires })
}

/** Moves a principal to its next epoch, with a wrap for each of its holders and for nobody else. */
export function rotate(household: Household, rotation: Rotation, maker: Maker): Household {
  const { id, epoch, rec, wraps } = rotation
  const principal = principalOf(household, id)
  demand(epoch === principal.epochs.length + 1, 'rotation-epoch')
  demandFresh(household, rec)
  demandExactly(wraps, holdersOf(household, id))
  const epochs = [...principal.epochs, { epoch, rec, ...maker, wraps }]
  return withPrincipal(household, { ...principal, epochs })
}

/**
 * Adds the wraps of `grants` to their epochs. Each must be for `newcomer`, and name an epoch that
 * exists and that the newcomer holds now and was not given yet.
 */
export function give(
  household: Household,
  grants: readonly Grant[],
  newcomer: DeviceId,
): Household {
  return grants.reduce((before, { of, epoch, to, hash }) => {
    const principal = principalOf(before, of)
    const target = principal.epochs[epoch - 1] ?? refuse('grant-unknown')
    const holds = holdersOf(before, of).some((holder) => holder.id === newcomer)
    demand(to === newcomer && holds, 'grant-unknown')
    demand(epoch >= principal.open, 'epoch-closed')
    demand(!target.wraps.some((wrap) => wrap.to === to), 'grant-repeated')
    const wraps = [...target.wraps, { to, hash }]
    return withPrincipal(before, {
      ...principal,
      epochs: principal.epochs.with(epoch - 1, { ...target, wraps }),
    })
  }, household)
}

/** What stands for the last message of a device that sent none. */
export const NOTHING_SENT: LastMessage = { n: 0, hash: new Uint8Array(32) }

/** Ends a device: nothing it signed after its message `last` counts. */
export function endDevice(
  household: Household,
  device: Device,
  until: number,
  last: LastMessage,
): Household {
  return withDevice(household, { ...device, until, last })
}

/** Ends a person: the principal and, with their last messages, all its devices and cards. */
export function endPerson(
  household: Household,
  person: Principal,
  { until, ended }: { until: number; ended: Ending },
  messages: ReadonlyMap<DeviceId, LastMessage>,
): Household {
  const after = withPrincipal(household, { ...person, until, ended })
  const notices = [...after.notices].filter(
    ([announced, { by }]) => announced !== person.id && by !== person.id,
  )
  return holdersOf(household, person.id).reduce<Household>(
    (before, device) => endDevice(before, device, until, messages.get(device.id) ?? NOTHING_SENT),
    { ...after, notices: new Map(notices) },
  )
}

/** Closes a principal's epochs below a number: nobody is given their secrets again. */
export function close(household: Household, principal: Principal, below: number): Household {
  const epochs = principal.epochs.map((epoch) =>
    epoch.epoch < below ? { ...epoch, wraps: [] } : epoch,
  )
  return withPrincipal(household, { ...principal, epochs, open: below })
}

/**
 * Demands that a rotation of whatever a newcomer holds stays possible: it names a wrap for each
 * holder, and removing a person names each device, in one link.
 */
export function demandRoom(household: Household, person: PrincipalId): void {
  demand(holdersOf(household, person).length <= MOST_OF_PERSON, 'holders-too-many')
  const guardians = holdersOf(household, household.principal)
  demand(guardians.length <= MOST_OF_HOUSEHOLD, 'holders-too-many')
}

function demandFresh(household: Household, rec: string): void {
  demand(isStrongRecipient(rec), 'key-weak')
  const known =
    [...household.devices.values()].some((device) => device.kem === rec) ||
    [...household.principals.values()].some(({ epochs }) => epochs.some((e) => e.rec === rec))
  demand(!known, 'recipient-reused')
}

function demandExactly(wraps: readonly WrapRef[], holders: readonly Device[]): void {
  const named = new Set(wraps.map((wrap) => wrap.to))
  demand(
    holders.every((holder) => named.has(holder.id)),
    'wraps-incomplete',
  )
  demand(named.size === holders.length && wraps.length === named.size, 'wraps-foreign')
}
