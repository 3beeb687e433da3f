import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { ascii } from '../protocol/bytes.ts'
import type { PrincipalId } from '../protocol/ids.ts'
import { activeDevice, heldBy, holdersOf } from '../protocol/log/household.ts'
import { cardProofBytes, enrolmentBytes } from '../protocol/log/join.ts'
import { refuse } from '../protocol/log/refusals.ts'
import { seededDevice, type Device } from './device.ts'
import type { Keyring } from './keyring.ts'
import { newest, nextEpoch, propose, publicKeys, type Proposal, type Standing } from './links.ts'
import { grantSecret } from './principal.ts'

/** What a guardian enrols besides people and phones: recovery cards and drop-boxes. */

/**
 * Puts `card` in the place of the recovery card of the signer's person, or beside nothing if there
 * was none. Everything the person holds moves to a new epoch, which the old card does not get; the
 * new one also gets the older epochs of `keyring`.
 */
export async function proposeCard(
  standing: Standing,
  keyring: Keyring,
  card: Device,
): Promise<Proposal> {
  const { household, device } = standing
  const signer = activeDevice(household, device.id) ?? refuse('signer-unknown')
  const epochs = await Promise.all(
    heldBy(household, signer).map((of) => {
      const staying = holdersOf(household, of).filter(
        (holder) => !holder.card || holder.person !== signer.person,
      )
      return nextEpoch(household, of, [...staying, card])
    }),
  )
  const past = heldBy(household, signer).flatMap((of) => newest(keyring, of))
  const granted = await Promise.all(past.map((secret) => grantSecret(secret, card)))
  const proof = await card.sign(
    cardProofBytes(publicKeys(device), signer.person, household.principal),
  )
  const proposal = await propose(standing, 'card', {
    card: publicKeys(card),
    proof,
    rotations: epochs.map(({ part }) => part),
    grants: granted.map(({ grant }) => grant),
  })
  return {
    ...proposal,
    wraps: [...epochs.flatMap(({ wraps }) => wraps), ...granted.map(({ wrap }) => wrap)],
    secrets: epochs.map(({ secret }) => secret),
  }
}

/** The key pair of a drop-box: what the secret (16 bytes) of its link derives. */
export async function boxKeys(secret: Uint8Array): Promise<Device> {
  const derive = (what: string): Uint8Array =>
    hkdf(sha256, secret, undefined, ascii(`pawpost/box/v1/${what}`), 32)
  return seededDevice(derive('sig'), derive('kem'))
}

/** Opens a drop-box until `expires` (milliseconds since 1970). */
export async function proposeBox(
  standing: Standing,
  box: Device,
  { id, expires }: { id: PrincipalId; expires: number },
): Promise<Proposal> {
  const device = publicKeys(box)
  const proof = await box.sign(enrolmentBytes(standing.household.id, id, device))
  return propose(standing, 'box', { id, device, proof, expires })
}
