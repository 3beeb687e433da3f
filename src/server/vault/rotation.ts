import type { AccountKeys } from './account-keys.ts'
import type { IndexKeys } from './index-keys.ts'
import type { RotatingMaster } from './master.ts'
import type { NoticeKeys } from './notice-keys.ts'
import type { Rings } from './rings.ts'
import type { SigningKeys } from './signing.ts'

/**
 * The vault's door for what begins and ends a rotation. In between, whoever holds the database
 * renews the keys of accounts and households, has their rows sealed anew, and retires the old keys.
 */
export interface RotationVault {
  /**
   * Makes newer keys for the vault's own files, for notices and for the index of addresses. Returns
   * the version of the latter. Beginning twice costs a version and nothing else.
   */
  beginRotation(): Promise<number>
  /**
   * Seals the vault's files under the newest master key and destroys the older ones, and the older
   * keys of the index of addresses: only when no row was found by them any more. Repeatable.
   */
  endRotation(): Promise<void>
}

export type RotationParts = {
  readonly master: RotatingMaster
  readonly rings: Rings
  readonly accounts: AccountKeys
  readonly indexes: IndexKeys
  readonly notices: NoticeKeys
  readonly signing: SigningKeys
}

export function rotationVaultOf(parts: RotationParts): RotationVault {
  const { master, rings, accounts, indexes, notices, signing } = parts
  return {
    async beginRotation() {
      await master.renew()
      await notices.renew()
      return indexes.renew('address')
    },
    async endRotation() {
      await indexes.retire('address')
      await notices.retire()
      for (const files of [indexes, rings, accounts, notices, signing]) await files.resealAll()
      await master.retire()
    },
  }
}
