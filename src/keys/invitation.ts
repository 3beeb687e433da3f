import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { ascii, concatBytes } from '../protocol/bytes.ts'
import { PawpostError } from '../protocol/errors.ts'
import { householdId, inviteId, type HouseholdId, type InviteId } from '../protocol/ids.ts'
import { randomBytes, seededDevice, type Device } from './device.ts'
import { readSecretLink, writeSecretLink } from './secret-link.ts'

/**
 * An invitation link: `https://host/j/inv-…#<fragment>`. The fragment never reaches the server. It
 * holds the secret of the one-time join key and, so that a server cannot show another household
 * than the guardian's, the household's id: base64url of secret (16) || household (16) || check (2).
 * The check covers the invitation's id too: a wrong letter anywhere behind the host is noticed.
 */
export type Invitation = {
  readonly origin: string
  readonly id: InviteId
  readonly household: HouseholdId
  readonly secret: Uint8Array
}

/** Days an invitation can be used. */
export const INVITATION_DAYS = 7

const KIND = { path: '/j/', ids: inviteId }
const SECRET_BYTES = 16

export function newInvitation(origin: string, household: HouseholdId): Invitation {
  return { origin, household, id: inviteId.from(randomBytes(16)), secret: randomBytes(16) }
}

export function writeInvitation({ origin, id, household, secret }: Invitation): string {
  const payload = concatBytes(secret, householdId.bytes(household))
  return writeSecretLink(KIND, { origin, id, payload })
}

/** Reads a link. Throws `link-invalid` when a part is missing or a letter is wrong. */
export function readInvitation(link: string): Invitation {
  const { origin, id, payload } = readSecretLink(KIND, link)
  if (payload.length !== 2 * SECRET_BYTES) throw new PawpostError('link-invalid')
  const household = householdId.from(payload.slice(SECRET_BYTES))
  return { origin, id, household, secret: payload.slice(0, SECRET_BYTES) }
}

/** The one-time key pair of an invitation: signs the request to join and proves the invitation. */
export async function joinKey(secret: Uint8Array): Promise<Device> {
  const derive = (what: string): Uint8Array =>
    hkdf(sha256, secret, undefined, ascii(`pawpost/join-key/v1/${what}`), 32)
  return seededDevice(derive('sig'), derive('kem'))
}
