import { deviceIdOf } from '../protocol/ed25519.ts'
import {
  childId,
  type ChildId,
  type DeviceId,
  type InviteId,
  type PrincipalId,
} from '../protocol/ids.ts'
import {
  activeDevice,
  headOf,
  heldBy,
  holdersOf,
  roleOf,
  type Device as Enrolled,
  type Household,
} from '../protocol/log/household.ts'
import { cardProofBytes, enrolmentBytes } from '../protocol/log/join.ts'
import { NOTHING_SENT } from '../protocol/log/membership.ts'
import { NO_LINK, writeLink } from '../protocol/log/link.ts'
import {
  MOST_GRANTS,
  SUITE,
  type Arguments,
  type Consents,
  type JoinRequestBody,
  type LastMessage,
  type MemberRole,
  type Op,
  type PublicKeys,
} from '../protocol/log/ops.ts'
import { refuse } from '../protocol/log/refusals.ts'
import { randomBytes, type Device } from './device.ts'
import { findSecret, type Keyring } from './keyring.ts'
import {
  grantSecret,
  newEpoch,
  newPrincipal,
  newPrincipalId,
  type Holder,
  type Secret,
} from './principal.ts'

/** A link to append, the wraps that travel with it, and the secrets its maker keeps. */
export type Proposal = {
  readonly link: Uint8Array<ArrayBuffer>
  readonly wraps: readonly Uint8Array<ArrayBuffer>[]
  readonly secrets: readonly Secret[]
}

/** Who signs, on top of which log, at what time (milliseconds since 1970). */
export type Standing = {
  readonly household: Household
  readonly device: Device
  readonly now: number
}

/** The statement that a guardian consents to today. */
const TODAY = 'PC1'

/**
 * The genesis link of a new household: first guardian, household principal, recovery card, and the
 * first child, for whom the guardian consents by it.
 */
export async function proposeGenesis(
  device: Device,
  card: Device,
  now: number,
): Promise<Proposal & { readonly person: PrincipalId; readonly child: ChildId }> {
  const holders = [device, card]
  const person = await newPrincipal(newPrincipalId(), holders)
  const household = await newPrincipal(newPrincipalId(), holders)
  const genesis: Arguments<'genesis'> = {
    suite: SUITE,
    device: publicKeys(device),
    person: person.part,
    household: household.part,
    card: publicKeys(card),
    cardProof: await card.sign(
      cardProofBytes(publicKeys(device), person.part.id, household.part.id),
    ),
    policy: { approval: true, retention: 30, trusted: [] },
    child: { id: newChildId(), terms: TODAY },
  }
  const plan = { household: null, seq: 0, prev: NO_LINK, by: device.id, at: now }
  const link = await writeLink({ ...plan, op: 'genesis', arguments: genesis }, device.sign)
  return {
    link,
    wraps: [...person.wraps, ...household.wraps],
    secrets: [person.secret, household.secret],
    person: person.part.id,
    child: genesis.child.id,
  }
}

/** A new, random id of a child. */
export function newChildId(): ChildId {
  return childId.from(randomBytes(16))
}

/** Consents for one more child. */
export function proposeChild(standing: Standing, id: ChildId): Promise<Proposal> {
  return propose(standing, 'child', { id, terms: TODAY })
}

/** Withdraws the consent for a child. */
export function proposeWithdrawal(standing: Standing, child: ChildId): Promise<Proposal> {
  return propose(standing, 'withdraw', { child })
}

export async function proposeInvite(
  standing: Standing,
  invitation: { id: InviteId; role: MemberRole; join: Uint8Array; expires: number },
): Promise<Proposal> {
  return propose(standing, 'invite', invitation)
}

export async function proposeCancel(standing: Standing, id: InviteId): Promise<Proposal> {
  return propose(standing, 'cancel', { id })
}

/** A request to join as the guardian verified it. */
export type JoinRequest = {
  readonly body: JoinRequestBody
  readonly bytes: Uint8Array
  readonly joinSignature: Uint8Array
  readonly deviceSignature: Uint8Array
  readonly role: MemberRole
}

/** Admits a joiner. A guardian also gets the household: its next epoch, and the older ones. */
export async function proposeAdd(
  standing: Standing,
  keyring: Keyring,
  request: JoinRequest,
): Promise<Proposal> {
  const { bytes, joinSignature, deviceSignature } = request
  const common = { request: bytes, joinSignature, deviceSignature }
  if (request.role !== 'guardian') return propose(standing, 'add', { ...common, grants: [] })
  const { household } = standing
  const newcomer = { id: deviceIdOf(request.body.device.sig), kem: request.body.device.kem }
  const holders = [...holdersOf(household, household.principal), newcomer]
  const next = await nextEpoch(household, household.principal, holders)
  const past = newest(keyring, household.principal)
  const granted = await Promise.all(past.map((secret) => grantSecret(secret, newcomer)))
  const grants = granted.map(({ grant }) => grant)
  const proposal = await propose(standing, 'add', { ...common, rotation: next.part, grants })
  const wraps = [...next.wraps, ...granted.map(({ wrap }) => wrap)]
  return { ...proposal, wraps, secrets: [next.secret] }
}

/** Another device as it asks: its public keys, and its own signature of its enrolment. */
export type NewDevice = { readonly device: PublicKeys; readonly proof: Uint8Array }

/** Enrols another device of the signer's person, or of the card's. `device` signs for itself. */
export async function proposeAddDevice(
  standing: Standing,
  keyring: Keyring,
  device: Device,
): Promise<Proposal> {
  const { household } = standing
  const { person } = activeDevice(household, standing.device.id) ?? refuse('signer-unknown')
  const keys = publicKeys(device)
  const proof = await device.sign(enrolmentBytes(household.id, person, keys))
  return proposeNewDevice(standing, keyring, { device: keys, proof })
}

/** The same for a device that is not here: it signed for itself already. */
export async function proposeNewDevice(
  standing: Standing,
  keyring: Keyring,
  { device, proof }: NewDevice,
): Promise<Proposal> {
  const { household } = standing
  const signer = activeDevice(household, standing.device.id) ?? refuse('signer-unknown')
  const newcomer = { id: deviceIdOf(device.sig), kem: device.kem }
  const secrets = heldBy(household, signer).flatMap((of) => newest(keyring, of))
  const granted = await Promise.all(secrets.map((secret) => grantSecret(secret, newcomer)))
  const grants = granted.map(({ grant }) => grant)
  const adddev = { person: signer.person, device, proof, grants }
  const proposal = await propose(standing, 'adddev', adddev)
  return { ...proposal, wraps: granted.map(({ wrap }) => wrap) }
}

/** Epochs of one principal given to a newcomer, at most: two principals fit into one link. */
const MOST_EPOCHS = MOST_GRANTS / 2

/** A principal's newest secrets: as many as one newcomer is given. */
export function newest(keyring: Keyring, of: PrincipalId): readonly Secret[] {
  const epochs = [...(keyring.get(of)?.values() ?? [])]
  return epochs.sort((a, b) => b.epoch - a.epoch).slice(0, MOST_EPOCHS)
}

/** Ends a device after its message `last`; everything it held moves to a new epoch. */
export async function proposeRevokeDevice(
  standing: Standing,
  device: DeviceId,
  last: LastMessage,
): Promise<Proposal> {
  const { household } = standing
  const ending = activeDevice(household, device) ?? refuse('device-unknown')
  const epochs = await Promise.all(
    heldBy(household, ending).map((of) => {
      const holders = holdersOf(household, of).filter(({ id }) => id !== device)
      return nextEpoch(household, of, holders)
    }),
  )
  const rotations = epochs.map(({ part }) => part)
  const proposal = await propose(standing, 'revdev', { device, last, rotations })
  return {
    ...proposal,
    wraps: epochs.flatMap(({ wraps }) => wraps),
    secrets: epochs.map(({ secret }) => secret).filter(({ of }) => holds(standing, of, device)),
  }
}

/** Whether the signer holds a principal after device `gone` has ended: what it may keep. */
function holds({ household, device }: Standing, of: PrincipalId, gone: DeviceId): boolean {
  return device.id !== gone && holdersOf(household, of).some(({ id }) => id === device.id)
}

/** Ends a person after their devices' last messages; a leaving guardian rotates the household. */
export async function proposeRemove(
  standing: Standing,
  person: PrincipalId,
  messages: ReadonlyMap<DeviceId, LastMessage>,
  consents?: Consents,
): Promise<Proposal> {
  const { household } = standing
  const leaving = holdersOf(household, person)
  const last = leaving
    .filter(({ card }) => !card)
    .map(({ id }) => ({ device: id, ...(messages.get(id) ?? NOTHING_SENT) }))
  if (!leaving.some((device) => roleOf(household, device) === 'guardian')) {
    return propose(standing, 'remove', { person, last, consents })
  }
  const gone = new Set(leaving.map(({ id }) => id))
  const staying = holdersOf(household, household.principal).filter(({ id }) => !gone.has(id))
  const next = await nextEpoch(household, household.principal, staying)
  const args = { person, last, rotation: next.part, consents }
  const proposal = await propose(standing, 'remove', args)
  const stays = !gone.has(standing.device.id)
  return { ...proposal, wraps: next.wraps, secrets: stays ? [next.secret] : [] }
}

/** Moves a principal to its next epoch. */
export async function proposeRotate(standing: Standing, of: PrincipalId): Promise<Proposal> {
  const { household } = standing
  const next = await nextEpoch(household, of, holdersOf(household, of))
  const proposal = await propose(standing, 'rotate', { rotation: next.part })
  return { ...proposal, wraps: next.wraps, secrets: [next.secret] }
}

/** The current secret of a principal, if this device holds it. */
export function currentSecret(
  household: Household,
  keyring: Keyring,
  of: PrincipalId,
): Secret | undefined {
  const epoch = household.principals.get(of)?.epochs.length
  return epoch === undefined ? undefined : findSecret(keyring, of, epoch)
}

/** A principal's next epoch, with a wrap for each of `holders`. */
export function nextEpoch(
  household: Household,
  of: PrincipalId,
  holders: readonly Holder[],
): ReturnType<typeof newEpoch> {
  const principal = household.principals.get(of) ?? refuse('principal-unknown')
  return newEpoch(of, principal.epochs.length + 1, holders)
}

/** A link of the signer's on top of the log, without wraps. */
export async function propose<O extends Op>(
  { household, device, now }: Standing,
  op: O,
  args: Arguments<O>,
): Promise<Proposal> {
  const { seq, hash } = headOf(household)
  const plan = { household: household.id, seq: seq + 1, prev: hash, by: device.id, at: now }
  const link = await writeLink({ ...plan, op, arguments: withoutUndefined(args) }, device.sign)
  return { link, wraps: [], secrets: [] }
}

/** CBOR has an `undefined`; our links do not. */
function withoutUndefined(args: object): object {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined))
}

export function publicKeys(device: Device | Enrolled): PublicKeys {
  return { sig: device.sig, kem: device.kem }
}
