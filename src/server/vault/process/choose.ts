import { join } from 'node:path'
import { createPasswords } from '../../passwords/passwords.ts'
import { ensureFolder } from '../../platform/files.ts'
import { lockFolder } from '../../platform/lock.ts'
import { openVault, type VaultParts } from '../vault.ts'
import { awaitVault, connectVault, type RemoteVault } from './connect.ts'

export type VaultPlace = {
  /** The folder of a vault in this process lies below. */
  readonly data: string
  /** The socket of a vault in a process of its own. */
  readonly vault: string | undefined
}

/**
 * The vault behind a socket where one is named, otherwise the one of a data folder, in this process
 * and in no other at the same time. Throws StartError.
 */
export async function chooseVault(
  { data, vault: socket }: VaultPlace,
  parts: Omit<VaultParts, 'passwords'>,
): Promise<RemoteVault> {
  if (socket === undefined) return openHere(data, parts)
  const vault = connectVault(socket)
  await awaitVault(vault, socket)
  return vault
}

/** Makes the vault of a data folder this process's own. Throws StartError while another has it. */
export async function openHere(
  data: string,
  parts: Omit<VaultParts, 'passwords'>,
): Promise<RemoteVault> {
  const folder = join(data, 'vault')
  await ensureFolder(folder, 0o700)
  await using held = new AsyncDisposableStack()
  held.use(await lockFolder(folder))
  const vault = await openVault(folder, { ...parts, passwords: await createPasswords(data) })
  const lock = held.move()
  return { ...vault, [Symbol.asyncDispose]: () => lock.disposeAsync() }
}
