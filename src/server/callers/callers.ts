import { deviceIdOf } from '../../protocol/ed25519.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { DeviceId, HouseholdId, PairingId, RequestId } from '../../protocol/ids.ts'
import { roleOf, type Household } from '../../protocol/log/household.ts'
import {
  readSignatureInput,
  verifyRequest,
  type SignatureParameters,
} from '../../protocol/request-signature.ts'
import { demandNotEnded, findHousehold, type Registry } from '../households/households.ts'
import { inviteOf } from '../joining/joining.ts'
import { keyOfPairing } from '../pairing/pairing.ts'
import type { Callers, IncomingRequest, Signer } from '../platform/http/callers.ts'
import { createNonces } from './nonces.ts'

/**
 * Stands in for the key of a signer whom the household does not know, so that a stranger's request
 * costs what a member's costs. RFC 8032's base point.
 */
const NOBODY = Uint8Array.of(0x58, ...Array<number>(31).fill(0x66))

/** Finds out who calls: `session` looks at the cookie, the household's log knows the signers. */
export function createCallers(registry: Registry, session: Callers['session']): Callers {
  const nonces = createNonces(registry.clock)

  return {
    session,
    async box(request) {
      const input = inputOf(request)
      if (!input) return undefined
      const { signature, 'content-digest': digest } = request.headers
      const verify = (key: Uint8Array): void =>
        verifyRequest(request, { input, signature, digest }, key, registry.clock.now())
      const box = await findBox(registry, request, input.signer)
      if (!box) return askStranger(request, verify)
      if (!isProven(() => verify(box.key))) return undefined
      nonces.use(box.id, input.nonce)
      if (box.isOver) throw new PawpostError('box-ended')
      return { as: 'box', id: box.id, key: box.key }
    },
    async signer(request, kinds) {
      const input = readSignatureInput(request.headers['signature-input'])
      const signer = await findSigner(registry, request, input.signer, kinds)
      const { signature, 'content-digest': digest } = request.headers
      const verify = (key: Uint8Array): void =>
        verifyRequest(request, { input, signature, digest }, key, registry.clock.now())
      if (!signer) throw await unknown(registry, request, verify)
      verify(signer.key)
      nonces.use(signer.id, input.nonce)
      return signer
    },
  }
}

/** Who says that they sign, if they say so in our way. */
function inputOf({ headers }: IncomingRequest): SignatureParameters | undefined {
  try {
    return readSignatureInput(headers['signature-input'])
  } catch {
    return undefined
  }
}

/** Whether a signature fits. Throws `clock-wrong` where it does, and only the time is wrong. */
function isProven(verify: () => void): boolean {
  try {
    verify()
    return true
  } catch (error) {
    if (error instanceof PawpostError && error.code === 'clock-wrong') throw error
    return false
  }
}

/** Without a session it costs the same whether there is such a box; with one, others look closer. */
function askStranger({ headers }: IncomingRequest, verify: (key: Uint8Array) => void): undefined {
  if (headers.cookie === undefined) notFound(verify)
}

type Box = { readonly id: DeviceId; readonly key: Uint8Array; readonly isOver: boolean }

/** A drop-box of the household, also one that was ended or whose time is over. */
async function findBox(
  registry: Registry,
  { params }: IncomingRequest,
  id: DeviceId,
): Promise<Box | undefined> {
  const household = await findHousehold(registry, params['household'] as HouseholdId)
  const device = household?.devices.get(id)
  const person = device && household?.principals.get(device.person)
  if (!device || person?.role !== 'box') return undefined
  const { expires = 0 } = person
  const isOver = device.until !== undefined || registry.clock.now() > expires
  return { id, key: device.sig, isOver }
}

/** Whoever knows the id of a household that was ended here is told so. */
async function unknown(
  { db }: Registry,
  { params }: IncomingRequest,
  verify: (key: Uint8Array) => void,
): Promise<PawpostError> {
  const household = params['household'] as HouseholdId | undefined
  if (household !== undefined) await demandNotEnded(db, household)
  return notFound(verify)
}

/** One answer for whatever is not there, or not for this caller, after the same work. */
function notFound(verify: (key: Uint8Array) => void): PawpostError {
  try {
    verify(NOBODY)
  } catch {
    // Of course: the key is nobody's.
  }
  return new PawpostError('not-found')
}

async function findSigner(
  registry: Registry,
  { params }: IncomingRequest,
  id: DeviceId,
  kinds: readonly Signer['as'][],
): Promise<Signer | undefined> {
  if (kinds.includes('newcomer')) {
    const key = await keyOfPairing(registry, params['pairing'] as PairingId)
    return key && deviceIdOf(key) === id ? { as: 'newcomer', id, key } : undefined
  }
  const household = await findHousehold(registry, params['household'] as HouseholdId)
  if (!household) return undefined
  const device = memberAs(household, id)
  if (device && kinds.includes(device.as)) return device
  if (!kinds.includes('joiner')) return undefined
  const request = params['request'] as RequestId | undefined
  const key = request
    ? await keyOfRequest(registry, household, request)
    : keyOfInvite(household, id)
  return key && deviceIdOf(key) === id ? { as: 'joiner', id, key } : undefined
}

/** A device or card of the household: one that is enrolled, or a device that was ended. */
function memberAs(household: Household, id: DeviceId): Signer | undefined {
  const device = household.devices.get(id)
  // A box has no account, and nothing that an account opens.
  if (!device || roleOf(household, device) === 'box') return undefined
  if (device.until === undefined) return { as: 'device', id, key: device.sig }
  return device.card ? undefined : { as: 'ended', id, key: device.sig }
}

/** The one-time key of the invitation that a request used: its joiner may ask how it ended. */
async function keyOfRequest(
  registry: Registry,
  household: Household,
  request: RequestId,
): Promise<Uint8Array | undefined> {
  const invite = await inviteOf(registry, { household: household.id, request })
  return invite && household.invites.get(invite)?.join
}

/** The one-time key `id`. Whether its invitation still opens anything is for the rules to say. */
function keyOfInvite(household: Household, id: DeviceId): Uint8Array | undefined {
  const keys = [...household.invites.values()].map(({ join }) => join)
  return keys.find((key) => deviceIdOf(key) === id)
}
