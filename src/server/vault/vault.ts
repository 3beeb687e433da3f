import { join } from 'node:path'
import type { Passwords } from '../passwords/passwords.ts'
import { systemClock, type Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { createAccountKeys } from './account-keys.ts'
import { accountVaultOf, type AccountVault } from './accounts.ts'
import { createBudget, LINKS } from './budget.ts'
import { systemDisk, type Disk } from './disk.ts'
import { createIndexKeys } from './index-keys.ts'
import { openMaster } from './master.ts'
import { createNoticeKeys } from './notice-keys.ts'
import { noticeVaultOf, type NoticeVault } from './notices.ts'
import { createRings } from './rings.ts'
import { rotationVaultOf, type RotationVault } from './rotation.ts'
import { createSigningKeys, signingVaultOf, type SigningVault } from './signing.ts'
import { wrapVaultOf, type WrapVault } from './wraps.ts'

/** How a new TOTP secret is shown to its owner. */
export { totpText, totpUri } from './totp.ts'

export type {
  AccountVault,
  BlindIndex,
  Column,
  Sealed,
  SealedAccount,
  SealedIn,
} from './accounts.ts'
export type {
  Browser,
  MailName,
  NoticeVault,
  PreparedPush,
  PushName,
  PushTerms,
  SealedMail,
  SealedPush,
} from './notices.ts'
export type { SigningVault } from './signing.ts'
export type { Closed, OpenWrap, SealedWrap, WrapName, WrapVault } from './wraps.ts'

/**
 * The only holder of the server's keys. What it seals lies in the database; its keys lie in a folder
 * of its own, and no function hands one out. Everything that passes its door is plain data.
 */
export type Vault = WrapVault & AccountVault & NoticeVault & SigningVault & RotationVault

export type VaultParts = {
  readonly log: Log
  readonly passwords: Passwords
  readonly clock?: Clock
  readonly disk?: Disk
  /** How many addresses may be opened in an hour. */
  readonly addressesPerHour?: number
}

const ADDRESSES_PER_HOUR = 200
/** The part of them that may be mailed that post came: most are for people who wait for a code. */
const MAILED = 1 / 4

/**
 * Opens the vault in FOLDER, and makes it if it was never used. One process at a time. Throws
 * StartError when its master keys are lost.
 */
export async function openVault(folder: string, parts: VaultParts): Promise<Vault> {
  const { log, passwords, clock = systemClock, disk = systemDisk } = parts
  await disk.makeFolder(folder)
  const households = join(folder, 'households')
  const isNew = !(await disk.isFolder(households))
  const master = await openMaster(disk, folder, isNew)
  for (const shelf of ['households', 'accounts', 'indexes', 'notices', 'signing']) {
    await disk.makeFolder(join(folder, shelf))
  }
  const rings = createRings(disk, folder, master)
  const keys = createAccountKeys(disk, folder, master)
  const signing = createSigningKeys(disk, folder, master)
  const indexes = createIndexKeys(disk, folder, master)
  const notices = createNoticeKeys(disk, folder, master)
  const perHour = parts.addressesPerHour ?? ADDRESSES_PER_HOUR
  const accounts = accountVaultOf({
    keys,
    indexes,
    budget: createBudget(perHour, clock, log),
    passwords,
    log,
  })
  const links = createBudget(Math.ceil(perHour * MAILED), clock, log, LINKS)
  const told = noticeVaultOf({ keys: notices, budget: links, log })
  const rotation = rotationVaultOf({ master, rings, accounts: keys, indexes, notices, signing })
  return {
    ...wrapVaultOf(rings, log),
    ...accounts,
    ...told,
    ...signingVaultOf(signing),
    ...rotation,
  }
}
