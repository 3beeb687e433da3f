import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { decryptWith, encryptTo } from '../keys/age.ts'
import { identitiesOf } from '../keys/keyring.ts'
import { sameBytes } from '../protocol/bytes.ts'
import { checked, fromCbor, toCbor } from '../protocol/cbor.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { Household } from '../protocol/log/household.ts'
import { NAME } from '../protocol/message/names.ts'
import type { Family } from './family.ts'

const hello = z.strictObject({ v: z.literal(1), name: NAME })

/**
 * Seals who the joiner says they are, for the guardians only. Throws `bad-request` (`name`) for a
 * name that is empty or longer than 80 letters.
 */
export async function sealHello(
  household: Household,
  name: string,
): Promise<{ sealed: Uint8Array<ArrayBuffer>; hash: Uint8Array }> {
  checked(name, NAME, 'bad-request', 'name')
  const guardians = household.principals.get(household.principal)?.epochs.at(-1)
  if (!guardians) throw new PawpostError('household-missing')
  const sealed = await encryptTo([guardians.rec], toCbor({ v: 1, name }))
  return { sealed, hash: sha256(sealed) }
}

/** Opens a hello that the signed request names. Throws `tampered` with `hello`. */
export async function openHello(
  { household, keyring }: Family,
  sealed: Uint8Array,
  hash: Uint8Array,
): Promise<string> {
  if (!sameBytes(sha256(sealed), hash)) throw new PawpostError('tampered', 'hello')
  const identities = identitiesOf(keyring, household.principal)
  const plain = await decryptWith(identities, sealed)
  return fromCbor(plain, hello, 'tampered', 'hello').name
}
