import type { ColumnType } from 'kysely'

export type AccountsTables = {
  accounts: {
    account: string
    address: string
    /** argon2id, a PHC string. */
    password: string
    created_at: ColumnType<Date, Date, never>
  }
  /**
   * Accounts whose address is not confirmed yet. One address may have several: whoever reads its
   * mail decides which of them becomes the account.
   */
  sign_ups: {
    account: string
    address: string
    password: string
    /** HMAC of the account and the code that was mailed last. */
    code: Buffer
    code_expires_at: Date
    /** How often the code was tried, and how many codes there were. */
    tries: number
    codes: number
    created_at: ColumnType<Date, Date, never>
  }
}
