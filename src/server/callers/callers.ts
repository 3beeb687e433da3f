import { deviceIdOf } from '../../protocol/ed25519.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { DeviceId, HouseholdId, RequestId } from '../../protocol/ids.ts'
import type { Household } from '../../protocol/log/household.ts'
import { readSignatureInput, verifyRequest } from '../../protocol/request-signature.ts'
import { findHousehold, type Registry } from '../households/households.ts'
import { inviteOf } from '../joining/joining.ts'
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
    async signer(request, kinds) {
      const input = readSignatureInput(request.headers['signature-input'])
      const signer = await findSigner(registry, request, input.signer, kinds)
      const { signature, 'content-digest': digest } = request.headers
      const verify = (key: Uint8Array): void =>
        verifyRequest(request, { input, signature, digest }, key, registry.clock.now())
      if (!signer) throw notFound(verify)
      verify(signer.key)
      nonces.use(signer.id, input.nonce)
      return signer
    },
  }
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
  if (!device) return undefined
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
