import { ascii, concatBytes, sameBytes, toHex } from '../bytes.ts'
import { fromCbor, toCbor } from '../cbor.ts'
import { verifySignature } from '../ed25519.ts'
import type { DeviceId, PrincipalId } from '../ids.ts'
import { activeDevice, type Device, type Household, type Principal } from './household.ts'
import { purpose, type Consents, type Purpose } from './ops.ts'
import { demand } from './refusals.ts'

const DOMAIN = ascii('pawpost/consent/v1\0')

/** What a guardian's device signs to agree to a purpose. */
export function consentBytes(purposeBytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatBytes(DOMAIN, purposeBytes)
}

/** Who decides: the guardians who may speak, and how many of them must. */
export type Electorate = { readonly voters: readonly Principal[]; readonly needed: number }

/** More than half. */
export function majorityOf(count: number): number {
  return Math.floor(count / 2) + 1
}

/** What a link wants to do, as far as guardians agree to it. */
export type Wanted =
  | { readonly op: 'remove'; readonly person: PrincipalId }
  | Pick<Purpose & { op: 'policy' }, 'op' | 'policy'>
  | Pick<Purpose & { op: 'suite' }, 'op' | 'suite'>

/**
 * Demands that enough guardians agree: the link's signer, and whoever consented to this very
 * purpose, in this household, in time and for the first time. Returns the household with the purpose
 * marked as used.
 */
export function agreed(
  { household, signer, at }: { household: Household; signer: Device; at: number },
  wanted: Wanted,
  { voters, needed }: Electorate,
  consents: Consents | undefined,
): Household {
  const speaks = new Set(voters.map(({ id }) => id))
  const agree = new Set([signer.person].filter((person) => speaks.has(person)))
  if (!consents) {
    demand(agree.size >= needed, 'quorum-required')
    return household
  }
  const used = usedPurpose(household, wanted, consents.purpose, at)
  for (const { device: id, s } of consents.by) {
    const voter = voterOf(household, id)
    demand(voter !== undefined && speaks.has(voter.person), 'consent-foreign')
    demand(verifySignature(s, consentBytes(consents.purpose), voter.sig), 'consent-invalid')
    agree.add(voter.person)
  }
  demand(agree.size >= needed, 'quorum-required')
  return { ...household, purposes: new Set(household.purposes).add(used) }
}

function voterOf(household: Household, id: DeviceId): Device | undefined {
  const device = activeDevice(household, id)
  return device?.card ? undefined : device
}

/** Reads a purpose that consents were given to; refuses one for something else. Gives its id. */
function usedPurpose(
  household: Household,
  wanted: Wanted,
  purposeBytes: Uint8Array,
  at: number,
): string {
  const read = readPurpose(purposeBytes)
  const { v: _, hid, id, expires, ...agreedTo } = read
  const fits = hid === household.id && sameBytes(toCbor(agreedTo), toCbor(wanted))
  demand(fits, 'consent-differs')
  demand(at <= expires, 'consent-expired')
  const used = toHex(id)
  demand(!household.purposes.has(used), 'consent-used')
  return used
}

/** Decodes a purpose; refuses what is malformed. */
export function readPurpose(purposeBytes: Uint8Array): Purpose {
  return fromCbor(purposeBytes, purpose, 'log-refused', 'consent-malformed')
}

/**
 * Who may remove a guardian: more than half of that guardian and those who came before them. Whoever
 * came later has no say, so that nobody brings friends along to outvote somebody.
 */
export function electorateAgainst(
  guardians: readonly Principal[],
  { since }: Principal,
): Electorate {
  const voters = guardians.filter((guardian) => guardian.since < since)
  return { voters, needed: majorityOf(voters.length + 1) }
}
