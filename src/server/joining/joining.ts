import { sha256 } from '@noble/hashes/sha2.js'
import { sameBytes } from '../../protocol/bytes.ts'
import { fromCbor } from '../../protocol/cbor.ts'
import { deviceIdOf } from '../../protocol/ed25519.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { DeviceId, HouseholdId, InviteId, RequestId } from '../../protocol/ids.ts'
import { activeDevice, headOf, roleOf, type Household } from '../../protocol/log/household.ts'
import { commitmentTo, requestIdOf } from '../../protocol/log/join.ts'
import { enrol, found } from '../../protocol/log/membership.ts'
import { joinRequestBody, type JoinRequestBody } from '../../protocol/log/ops.ts'
import { checkRequest } from '../../protocol/log/admitting.ts'
import { householdOf, isOpen, type Registry } from '../households/households.ts'
import * as store from './store.ts'

/** A request to join, and who calls about it. */
export type Call = {
  readonly household: HouseholdId
  readonly request: RequestId
  readonly signer: DeviceId
}

/** How a request stands. The log alone says that it was admitted, or that its invitation is dead. */
export const RequestState = {
  waiting: 'waiting',
  answered: 'answered',
  revealed: 'revealed',
  admitted: 'admitted',
  declined: 'declined',
} as const
export type RequestState = (typeof RequestState)[keyof typeof RequestState]

/** States from which a guardian's link can still admit the joiner. */
const OPEN: readonly RequestState[] = ['waiting', 'answered', 'revealed']

/** The invitation that a stored request to join uses. */
export function inviteOf(
  { db }: Registry,
  key: { household: HouseholdId; request: RequestId },
): Promise<InviteId | undefined> {
  return store.readInvite(db, key)
}

/** A number that grows with every change of a household's requests to join. */
export function changesOf({ db }: Registry, household: HouseholdId): Promise<number> {
  return store.readChanges(db, household)
}

/**
 * Takes a request to join, signed by the key of its invitation (`signer`). The same bytes again
 * give the same answer; another request has to wait until the first is declined. Throws
 * `invite-dead` with a reason (`pending` among them) and `log-refused` with the verifier's.
 */
export async function askToJoin(
  registry: Registry,
  { household: id, signer }: { household: HouseholdId; signer: DeviceId },
  asked: store.Asked,
): Promise<RequestId> {
  const household = await householdOf(registry, id)
  const request = requestIdOf(asked.bytes)
  const key = { household: id, request }
  const known = await store.readRequest(registry.db, key)
  if (known && isJoiner(household, known.invite, signer)) return request
  const body = demandAdmissible(household, signer, { asked, now: registry.clock.now() })
  const device = deviceIdOf(body.device.sig)
  const row = { ...asked, invite: body.invite, device }
  const isNew = await store.insertRequest(registry.db, key, row)
  if (isNew) registry.announce(id, { knockedAt: household })
  else if (!(await store.readRequest(registry.db, key))) {
    throw new PawpostError('invite-dead', 'pending')
  }
  return request
}

/** Checks all that a guardian's link would be refused for, so that no request waits in vain. */
function demandAdmissible(
  household: Household,
  signer: DeviceId,
  { asked, now }: { asked: store.Asked; now: number },
): JoinRequestBody {
  const { body, invitation } = check(household, asked, now)
  if (deviceIdOf(invitation.join) !== signer) throw refused('join-signature-invalid')
  if (!sameBytes(sha256(asked.hello), body.hello)) throw refused('request-malformed')
  const since = headOf(household).seq + 1
  const { device: keys, person } = body
  const enrolled = enrol(household, { keys, person: person.id, card: false, since })
  found(enrolled, person, invitation.role, { since, at: now, by: deviceIdOf(keys.sig) })
  return body
}

const DEAD = ['invite-unknown', 'invite-used', 'invite-cancelled', 'invite-expired']

function check(
  household: Household,
  { bytes, joinSignature: join, deviceSignature: device }: store.Asked,
  now: number,
): ReturnType<typeof checkRequest> {
  try {
    return checkRequest(household, bytes, { join, device }, now)
  } catch (error) {
    if (!(error instanceof PawpostError) || !DEAD.includes(error.reason ?? '')) throw error
    throw new PawpostError('invite-dead', error.reason, { cause: error })
  }
}

function refused(reason: 'join-signature-invalid' | 'request-malformed'): PawpostError {
  return new PawpostError('log-refused', reason)
}

/** The requests that a guardian can still admit, oldest first. Throws `device-refused`. */
export async function listRequests(
  registry: Registry,
  { household: id, signer }: Omit<Call, 'request'>,
): Promise<store.StoredRequest[]> {
  const household = await householdOf(registry, id)
  demandGuardian(household, signer)
  const all = await store.readRequests(registry.db, id)
  return all.filter((request) => OPEN.includes(stateOf(registry, household, request)))
}

/**
 * Publishes a guardian's nonce. The first one stays: publishing it again changes nothing, another
 * one is refused with `request-unready`, and the list says whose is there.
 */
export async function publishNonce(
  registry: Registry,
  call: Call,
  nonce: Uint8Array,
): Promise<void> {
  const household = await householdOf(registry, call.household)
  demandGuardian(household, call.signer)
  const known = await find(registry, call)
  demandOpen(registry, household, known)
  if (await store.setNonce(registry.db, call, { bytes: nonce, by: call.signer })) {
    return registry.announce(call.household)
  }
  const { nonce: first } = await find(registry, call)
  const isOurs = first && first.by === call.signer && sameBytes(first.bytes, nonce)
  if (!isOurs) throw new PawpostError('request-unready', 'nonce-taken')
}

/** Turns a request down. One that was admitted before stays admitted. */
export async function declineRequest(registry: Registry, call: Call): Promise<void> {
  const household = await householdOf(registry, call.household)
  demandGuardian(household, call.signer)
  await find(registry, call)
  if (await store.setDeclined(registry.db, call)) registry.announce(call.household)
}

/** How a request stands, and the guardian's nonce once published; for its joiner. */
export async function readState(
  registry: Registry,
  call: Omit<Call, 'signer'>,
): Promise<{ state: RequestState; nonce: Uint8Array | undefined }> {
  const household = await householdOf(registry, call.household)
  const known = await find(registry, call)
  return { state: stateOf(registry, household, known), nonce: known.nonce?.bytes }
}

/**
 * Reveals the joiner's nonce, once the guardian's is fixed. Throws `request-unready` before that,
 * and `bad-request` for a nonce that the request does not commit to.
 */
export async function revealNonce(
  registry: Registry,
  call: Omit<Call, 'signer'>,
  nonce: Uint8Array,
): Promise<void> {
  const household = await householdOf(registry, call.household)
  const known = await find(registry, call)
  demandOpen(registry, household, known)
  if (!known.nonce) throw new PawpostError('request-unready', 'nonce-missing')
  const body = fromCbor(known.bytes, joinRequestBody, 'internal', 'stored-request')
  if (!sameBytes(commitmentTo(nonce), body.commitment)) {
    throw new PawpostError('bad-request', 'commitment')
  }
  if (await store.setReveal(registry.db, call, nonce)) registry.announce(call.household)
}

async function find(
  { db }: Registry,
  key: { household: HouseholdId; request: RequestId },
): Promise<store.StoredRequest> {
  const request = await store.readRequest(db, key)
  if (!request) throw new PawpostError('not-found')
  return request
}

function stateOf(
  { clock }: Registry,
  household: Household,
  { device, invite: id, declined, nonce, reveal }: store.StoredRequest,
): RequestState {
  if (household.devices.has(device)) return 'admitted'
  const invite = household.invites.get(id)
  if (declined || !invite || !isOpen(invite, clock.now())) return 'declined'
  if (reveal) return 'revealed'
  return nonce ? 'answered' : 'waiting'
}

function demandOpen(registry: Registry, household: Household, request: store.StoredRequest): void {
  const state = stateOf(registry, household, request)
  if (!OPEN.includes(state)) throw new PawpostError('request-unready', state)
}

function isJoiner(household: Household, id: InviteId, signer: DeviceId): boolean {
  const invite = household.invites.get(id)
  return invite !== undefined && deviceIdOf(invite.join) === signer
}

/** Cards recover; they admit nobody. */
function demandGuardian(household: Household, signer: DeviceId): void {
  const device = activeDevice(household, signer)
  if (!device || device.card || roleOf(household, device) !== 'guardian') {
    throw new PawpostError('device-refused', 'not-a-guardian')
  }
}
