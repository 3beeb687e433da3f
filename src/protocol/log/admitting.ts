import { sameBytes } from '../bytes.ts'
import { fromCbor } from '../cbor.ts'
import { deviceIdOf, isStrongKey, verifySignature } from '../ed25519.ts'
import type { DeviceId } from '../ids.ts'
import { heldBy, holdersOf, type Household, type Invite } from './household.ts'
import { cardProofBytes, deviceSignedBytes, enrolmentBytes, inviteSignedBytes } from './join.ts'
import {
  demandRoom,
  endDevice,
  enrol,
  found,
  foundBox,
  give,
  NOTHING_SENT,
  principalOf,
} from './membership.ts'
import { joinRequestBody, type Arguments, type JoinRequestBody } from './ops.ts'
import { demand, refuse } from './refusals.ts'
import { demandGuardian, makerOf, rotateExactly, rotateHeld, type Step } from './step.ts'

/** The rules of who comes in: invitations, people, devices, cards, drop-boxes. */

export function invite(step: Step, { id, role, join, expires }: Arguments<'invite'>): Household {
  demandGuardian(step)
  const { invites } = step.household
  demand(!invites.has(id), 'invite-known')
  demand(isStrongKey(join), 'key-weak')
  demand(![...invites.values()].some((other) => sameBytes(other.join, join)), 'join-key-reused')
  return withInvite(step.household, { id, role, join, expires, state: 'open' })
}

export function cancel(step: Step, { id }: Arguments<'cancel'>): Household {
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

export function add(step: Step, args: Arguments<'add'>): Household {
  demandGuardian(step)
  const { household, seq: since } = step
  const signatures = { join: args.joinSignature, device: args.deviceSignature }
  const { body, invitation } = checkRequest(household, args.request, signatures, step.at)
  const used = withInvite(household, { ...invitation, state: 'used' })
  const { device: keys, person } = body
  const enrolled = enrol(used, { keys, person: person.id, card: false, since })
  const newcomer = deviceIdOf(keys.sig)
  const joined = found(enrolled, person, invitation.role, { since, at: step.at, by: newcomer })
  demandRoom(joined, person.id)
  const grows = invitation.role === 'guardian' ? household.principal : undefined
  const rotated = rotateExactly(joined, grows, args.rotation, makerOf(step))
  return give(rotated, args.grants, newcomer)
}

export function addDevice(step: Step, args: Arguments<'adddev'>): Household {
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

/** A new card takes the place of the signer's person's, and holds what that one held. */
export function replaceCard(step: Step, args: Arguments<'card'>): Household {
  demandGuardian(step)
  const { household, signer, seq: since } = step
  const { card: keys, proof, rotations, grants } = args
  const keysOfSigner = { sig: signer.sig, kem: signer.kem }
  const proven = cardProofBytes(keysOfSigner, signer.person, household.principal)
  demand(verifySignature(proof, proven, keys.sig), 'card-signature-invalid')
  const without = holdersOf(household, signer.person)
    .filter(({ card }) => card)
    .reduce((before, old) => endDevice(before, old, since, NOTHING_SENT), household)
  const enrolled = enrol(without, { keys, person: signer.person, card: true, since })
  demandRoom(enrolled, signer.person)
  const card = deviceIdOf(keys.sig)
  return give(rotateHeld(enrolled, signer, rotations, makerOf(step)), grants, card)
}

/** A drop-box is a sender with a principal that nobody can encrypt to. */
export function openBox(step: Step, args: Arguments<'box'>): Household {
  demandGuardian(step)
  const { household, seq: since } = step
  const { id: person, device: keys, proof, expires } = args
  const proven = enrolmentBytes(household.id, person, keys)
  demand(verifySignature(proof, proven, keys.sig), 'device-signature-invalid')
  const opened = foundBox(household, { id: person, since, expires })
  return enrol(opened, { keys, person, card: false, since })
}
