import type { ColumnType } from 'kysely'

export type SessionsTables = {
  sessions: {
    /** SHA-256 of the cookie's 32 random bytes. */
    token: Buffer
    account: string
    created_at: ColumnType<Date, Date, never>
    seen_at: Date
  }
}
