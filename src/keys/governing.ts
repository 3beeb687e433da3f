import type { HouseholdId, PrincipalId } from '../protocol/ids.ts'
import { toCbor } from '../protocol/cbor.ts'
import { consentBytes, readPurpose, type Wanted } from '../protocol/log/consent.ts'
import type { Consents, Policy } from '../protocol/log/ops.ts'
import { randomBytes, type Device } from './device.ts'
import { propose, type Proposal, type Standing } from './links.ts'

/** What guardians decide together, and what they announce to each other. */

/** One guardian's agreement to a purpose. */
export type Consent = Consents['by'][number]

/** The bytes of a purpose that guardians may agree to until `expires` (milliseconds since 1970). */
export function writePurpose(hid: HouseholdId, wanted: Wanted, expires: number): Uint8Array {
  const bytes = toCbor({ v: 1, hid, id: randomBytes(16), expires, ...wanted })
  readPurpose(bytes)
  return bytes
}

/** Agrees to a purpose. Throws `log-refused` (`consent-malformed`) for anything else. */
export async function consent(device: Device, purposeBytes: Uint8Array): Promise<Consent> {
  readPurpose(purposeBytes)
  return { device: device.id, s: await device.sign(consentBytes(purposeBytes)) }
}

/** Announces the removal of a guardian, or takes the signer's own announcement back. */
export function proposeNotice(
  standing: Standing,
  person: PrincipalId,
  stands = true,
): Promise<Proposal> {
  return propose(standing, 'notice', { person, stands })
}

export function proposePolicy(
  standing: Standing,
  policy: Policy,
  consents?: Consents,
): Promise<Proposal> {
  return propose(standing, 'policy', { policy, consents })
}

export function proposeSuite(
  standing: Standing,
  suite: string,
  consents?: Consents,
): Promise<Proposal> {
  return propose(standing, 'suite', { suite, consents })
}

/** Closes a principal's epochs below a number for ever. */
export function proposeShred(
  standing: Standing,
  principal: PrincipalId,
  below: number,
): Promise<Proposal> {
  return propose(standing, 'shred', { principal, below })
}
