import type { PublicKeys } from '../protocol/log/ops.ts'
import { activeDevice, heldBy, type Household } from '../protocol/log/household.ts'
import { refuse } from '../protocol/log/refusals.ts'
import type { Keyring } from './keyring.ts'
import { newest, propose, type Proposal, type Standing } from './links.ts'
import { grantSecret } from './principal.ts'
import { deviceIdOf, verifySignature } from '../protocol/ed25519.ts'
import { enrolmentBytes } from '../protocol/log/join.ts'
import type { PrincipalId } from '../protocol/ids.ts'

/** Another device as it asked from afar: its public keys, and its own signature of its enrolment. */
export type Phone = { readonly device: PublicKeys; readonly proof: Uint8Array }

/** Whether the phone itself asked to be a device of this person, in this household. */
export function isProven(
  household: Household,
  person: PrincipalId,
  { device, proof }: Phone,
): boolean {
  return verifySignature(proof, enrolmentBytes(household.id, person, device), device.sig)
}

/** Enrols another device of the signer's person, with all that the person holds. */
export async function proposePhone(
  standing: Standing,
  keyring: Keyring,
  { device, proof }: Phone,
): Promise<Proposal> {
  const { household } = standing
  const signer = activeDevice(household, standing.device.id) ?? refuse('signer-unknown')
  const newcomer = { id: deviceIdOf(device.sig), kem: device.kem }
  const secrets = heldBy(household, signer).flatMap((of) => newest(keyring, of))
  const granted = await Promise.all(secrets.map((secret) => grantSecret(secret, newcomer)))
  const grants = granted.map(({ grant }) => grant)
  const proposal = await propose(standing, 'adddev', {
    person: signer.person,
    device,
    proof,
    grants,
  })
  return { ...proposal, wraps: granted.map(({ wrap }) => wrap) }
}
