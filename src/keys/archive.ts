import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { stanzaTypes } from '../protocol/message/outer.ts'
import { PawpostError } from '../protocol/errors.ts'

/**
 * The one place where age is spoken to classic X25519 recipients: the archive that a family takes
 * along must open with the `age` that comes with an operating system. Nothing that travels through a
 * server passes here, and nothing that passes here mixes the two kinds.
 */

const CLASSIC = 'X25519'

/** What seals one archive, and the line that opens it. Nobody keeps that line but who reads it. */
export type ArchiveLock = { readonly identity: string; readonly recipient: string }

/** A fresh pair for one archive. */
export async function newArchiveLock(): Promise<ArchiveLock> {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

/** A standard age file for the archive's one recipient. */
export async function sealForArchive(
  { recipient }: Pick<ArchiveLock, 'recipient'>,
  plain: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!/^age1[0-9a-z]{58}$/.test(recipient)) throw new PawpostError('internal', 'recipient-type')
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return Uint8Array.from(await encrypter.encrypt(plain))
}

/**
 * Opens a file of an archive. Throws `archive-locked` when the line is not the one of this archive,
 * and `archive-unreadable` for what is no such file.
 */
export async function openFromArchive(
  { identity }: Pick<ArchiveLock, 'identity'>,
  file: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  demandClassic(file)
  try {
    const decrypter = new Decrypter()
    decrypter.addIdentity(identity.trim().toUpperCase())
    return Uint8Array.from(await decrypter.decrypt(file))
  } catch (cause) {
    throw new PawpostError('archive-locked', undefined, { cause })
  }
}

function demandClassic(file: Uint8Array): void {
  const types = typesOf(file)
  const isOurs = types.length > 0 && types.every((type) => type === CLASSIC)
  if (!isOurs) throw new PawpostError('archive-unreadable', 'recipient-type')
}

function typesOf(file: Uint8Array): readonly string[] {
  try {
    return stanzaTypes(file)
  } catch {
    return []
  }
}
