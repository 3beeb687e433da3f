import type { ColumnType } from 'kysely'

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
    /** HMAC of the account and the code that was mailed last. */
    code: Buffer
    code_expires_at: Date
    /** How often the code was tried, and how many codes there were. */
    tries: number
    codes: number
    created_at: ColumnType<Date, Date, never>
  }
}
