import type { ColumnType, Generated } from 'kysely'

export type SessionsTables = {
  sessions: {
    /** SHA-256 of the cookie's 32 random bytes. */
    token: Buffer
    account: string
    created_at: ColumnType<Date, Date, never>
    seen_at: Date
    /** Whether it began with a second factor that was shown, or with a passkey. */
    in_full: Generated<boolean>
    /** The truncated network it began in, and the family of its browser. */
    place: string
    browser: string
    /** The vault's tag of the device that is pushed to in it. */
    device_tag: Buffer | null
  }
  known_browsers: {
    account: string
    /** SHA-256 of the account and the cookie's 32 random bytes. */
    token: Buffer
    /** Wrong passwords in a row. */
    failures: Generated<number>
    seen_at: Date
  }
}
