import type { ColumnType, Generated } from 'kysely'
import type { Language } from '../../protocol/api/languages.ts'

export type AccountsTables = {
  accounts: {
    account: string
    /** The blind index of the address, and the version of its key. */
    address_index: Buffer
    index_kv: number
    /** Sealed by the vault, as is the password's hash. */
    address: Buffer
    password: Buffer
    password_set_at: Date
    /** Whether it was on a list when it was last seen; null: never looked. */
    password_breached: boolean | null
    /** Whether it is good enough to be the only proof. */
    password_alone: Generated<boolean>
    /** Sign-ins that failed in a row, wherever they came from. */
    failures: Generated<number>
    /** In which its owner is written to. */
    language: Generated<Language>
    created_at: ColumnType<Date, Date, never>
  }
  /**
   * Accounts whose address is not confirmed yet. One address may have several: whoever reads its
   * mail decides which of them becomes the account.
   */
  sign_ups: {
    account: string
    address_index: Buffer
    address: Buffer
    password: Buffer
    /** Whether it is good enough to be the only proof. */
    password_alone: Generated<boolean>
    /** HMAC of the account and the code that was mailed last. */
    code: Buffer
    code_expires_at: Date
    /** How often the code was tried, and how many codes there were. */
    tries: number
    codes: number
    created_at: ColumnType<Date, Date, never>
  }
  /** Long codes that were mailed, good once. */
  mailed_codes: {
    /** SHA-256 of 16 random bytes. */
    code: Buffer
    account: string
    purpose: 'reset' | 'unblock'
    expires_at: Date
  }
  /** Token buckets, by an HMAC of what they are of. */
  throttles: { key: Buffer; full_at: Date }
  /** Accounts that are gone, and whose keys are to be destroyed. */
  leavers: { account: string }
}
