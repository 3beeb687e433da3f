import { sameBytes } from '../bytes.ts'
import { fromCbor } from '../cbor.ts'
import { deviceIdOf, isStrongKey, verifySignature } from '../ed25519.ts'
import type { DeviceId } from '../ids.ts'
import { heldBy, holdersOf, roleOf, type Device, type Household, type Invite } from './household.ts'
import { deviceSignedBytes, enrolmentBytes, inviteSignedBytes } from './join.ts'
import {
  demandRoom,
  endDevice,
  endPerson,
  enrol,
  found,
  give,
  principalOf,
  rotate,
  type Maker,
} from './membership.ts'
import {
  joinRequestBody,
  type Arguments,
  type JoinRequestBody,
  type Op,
  type Rotation,
} from './ops.ts'
import { demand, refuse } from './refusals.ts'

/** Where a rule stands: the household with the link's hash appended, and who signed. */
export type Step = {
  readonly household: Household
  readonly signer: Device
  readonly seq: number
  readonly at: number
}

type Rule<O extends Op> = (step: Step, args: Arguments<O>) => Household

/** What each op demands and does. Genesis stands alone in verify.ts. */
export const RULES: { readonly [O in Exclude<Op, 'genesis'>]: Rule<O> } = {
  invite,
  cancel,
  add,
  adddev: addDevice,
  revdev: revokeDevice,
  remove,
  rotate: rotateOne,
}

function demandGuardian({ household, signer }: Step): void {
  demand(roleOf(household, signer) === 'guardian', 'role-forbidden')
}

function invite(step: Step, { id, role, join, expires }: Arguments<'invite'>): Household {
  demandGuardian(step)
  const { invites } = step.household
  demand(!invites.has(id), 'invite-known')
  demand(isStrongKey(join), 'key-weak')
  demand(![...invites.values()].some((other) => sameBytes(other.join, join)), 'join-key-reused')
  return withInvite(step.household, { id, role, join, expires, state: 'open' })
}

function cancel(step: Step, { id }: Arguments<'cancel'>): Household {
  demandGuardian(step)
  const open = openInvite(step.household, id)
  return withInvite(step.household, { ...open, state: 'cancelled' })
}

function withInvite(household: Household, changed: Invite): Household {
  return { ...household, invites: new Map(household.invites).set(changed.id, changed) }
}

/** The invitation, if it can still be used; refuses with the reason otherwise. Expiry is separate. */
export function openInvite(household: Household, id: Invite['id']): Invite {
  const found = household.invites.get(id) ?? refuse('invite-unknown')
  demand(found.state !== 'used', 'invite-used')
  demand(found.state !== 'cancelled', 'invite-cancelled')
  return found
}

/**
 * Checks a request to join on its own: shape, household, an open invitation that is not too old at
 * `at`, both signatures. The server does this when a request arrives, every verifier at its `add`.
 */
export function checkRequest(
  household: Household,
  request: Uint8Array,
  signatures: { join: Uint8Array; device: Uint8Array },
  at: number,
): { body: JoinRequestBody; invitation: Invite } {
  const body = fromCbor(request, joinRequestBody, 'log-refused', 'request-malformed')
  demand(body.hid === household.id, 'request-elsewhere')
  const invitation = openInvite(household, body.invite)
  demand(at <= invitation.expires, 'invite-expired')
  const byInvite = inviteSignedBytes(request)
  demand(verifySignature(signatures.join, byInvite, invitation.join), 'join-signature-invalid')
  const byDevice = deviceSignedBytes(request)
  demand(verifySignature(signatures.device, byDevice, body.device.sig), 'device-signature-invalid')
  return { body, invitation }
}

function add(step: Step, args: Arguments<'add'>): Household {
  demandGuardian(step)
  const { household, seq: since } = step
  const signatures = { join: args.joinSignature, device: args.deviceSignature }
  const { body, invitation } = checkRequest(household, args.request, signatures, step.at)
  const used = withInvite(household, { ...invitation, state: 'used' })
  const { device: keys, person } = body
  const enrolled = enrol(used, { keys, person: person.id, card: false, since })
  const newcomer = deviceIdOf(keys.sig)
  const joined = found(enrolled, person, invitation.role, { since, by: newcomer })
  demandRoom(joined, person.id)
  const grows = invitation.role === 'guardian' ? household.principal : undefined
  const rotated = rotateExactly(joined, grows, args.rotation, makerOf(step))
  return give(rotated, args.grants, newcomer)
}

function addDevice(step: Step, args: Arguments<'adddev'>): Household {
  const { household, signer, seq: since } = step
  demand(signer.person === args.person, 'role-forbidden')
  const proven = enrolmentBytes(household.id, args.person, args.device)
  demand(verifySignature(args.proof, proven, args.device.sig), 'device-signature-invalid')
  const enrolment = { keys: args.device, person: args.person, card: false, since }
  const enrolled = enrol(household, enrolment)
  demandRoom(enrolled, args.person)
  const newcomer = deviceIdOf(args.device.sig)
  demandCurrentGrants(enrolled, args, newcomer)
  return give(enrolled, args.grants, newcomer)
}

function demandCurrentGrants(
  household: Household,
  { grants }: Arguments<'adddev'>,
  newcomer: DeviceId,
): void {
  const device = household.devices.get(newcomer) ?? refuse('device-unknown')
  const current = heldBy(household, device).map((id) => principalOf(household, id))
  demand(
    current.every(({ id, epochs }) =>
      grants.some((grant) => grant.of === id && grant.epoch === epochs.length),
    ),
    'grant-missing',
  )
}

function revokeDevice(step: Step, args: Arguments<'revdev'>): Household {
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
  const expected = new Set(heldBy(household, device))
  demand(
    args.rotations.every(({ id }) => expected.delete(id)),
    'rotation-unexpected',
  )
  demand(expected.size === 0, 'rotation-missing')
  return args.rotations.reduce((before, one) => rotate(before, one, makerOf(step)), ended)
}

/** Whether the signer is a guardian and the other one somebody guardians are responsible for. */
function guards({ household, signer }: Step, other: string | undefined): boolean {
  return roleOf(household, signer) === 'guardian' && (other === 'relative' || other === 'toy')
}

function remove(step: Step, args: Arguments<'remove'>): Household {
  const { household, signer, seq } = step
  const person = principalOf(household, args.person)
  demand(person.role !== 'household', 'principal-unknown')
  const own = signer.person === person.id
  if (person.role === 'guardian') demandLeave(step, own)
  else demand(own || guards(step, person.role), 'role-forbidden')
  const counters = new Map(args.last.map(({ device, n }) => [device, n]))
  const leaving = holdersOf(household, person.id).filter((device) => !device.card)
  const named = leaving.every((device) => counters.has(device.id))
  demand(named && args.last.length === leaving.length, 'counters-incomplete')
  const ended = endPerson(household, person, seq, counters)
  const shrinks = person.role === 'guardian' ? household.principal : undefined
  return rotateExactly(ended, shrinks, args.rotation, makerOf(step))
}

function demandLeave({ household, signer }: Step, own: boolean): void {
  demand(roleOf(household, signer) === 'guardian', 'role-forbidden')
  demand(own, 'quorum-required')
  const guardians = [...household.principals.values()].filter(
    ({ role, until }) => role === 'guardian' && until === undefined,
  )
  demand(guardians.length > 1, 'last-guardian')
}

function rotateOne(step: Step, { rotation }: Arguments<'rotate'>): Household {
  const { household, signer } = step
  principalOf(household, rotation.id)
  const holds = holdersOf(household, rotation.id).some(({ id }) => id === signer.id)
  demand(holds, 'role-forbidden')
  return rotate(household, rotation, makerOf(step))
}

function makerOf({ seq, signer }: Step): Maker {
  return { since: seq, by: signer.id }
}

/** Demands a rotation of `principal`, or of nothing when there is no principal to rotate. */
function rotateExactly(
  household: Household,
  principal: string | undefined,
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
