import type { ColumnType } from 'kysely'

export type FactorsTables = {
  totp: {
    account: string
    /** Sealed by the vault. */
    secret: Buffer
    /** The last step whose code was accepted. */
    last_step: number
    /** Wrong codes in a row, and when one was last tried. */
    failures: number
    tried_at: Date
    added_at: Date
  }
  /** Secrets that were shown and wait for their first code. */
  totp_enrolments: {
    account: string
    secret: Buffer
    expires_at: Date
  }
  /** What authenticators know an account by: 32 random bytes. */
  passkey_handles: {
    account: string
    handle: Buffer
  }
  passkeys: {
    /** The id that the authenticator chose. */
    credential: Buffer
    account: string
    /** 16 random bytes that name it among the passkeys of its account. */
    passkey: Buffer
    /** In COSE's form. */
    public_key: Buffer
    counter: ColumnType<string, number, number>
    transports: string[]
    synced: boolean
    added_at: ColumnType<Date, Date, never>
    /** The day it was last used, as its first moment in UTC. */
    used_on: ColumnType<Date | null, null, Date>
  }
  recovery_codes: {
    account: string
    /** SHA-256 of account and code. */
    code: Buffer
  }
  passkey_challenges: {
    /** SHA-256 of the challenge. */
    challenge: Buffer
    purpose: string
    /** Whom it was made for: the hash of the token of a session, a pending sign-in or a cookie. */
    holder: Buffer
    expires_at: Date
  }
  trusted_devices: {
    account: string
    /** HMAC of the account and the public key of a device, under a key of the server. */
    tag: Buffer
    /** 16 random bytes that name it among those of its account. */
    device: Buffer
    since: Date
    /** The day it was last used, as its first moment in UTC. */
    used_on: Date
  }
  pending_sign_ins: {
    /** SHA-256 of the cookie's 32 random bytes. */
    token: Buffer
    account: string
    tries: number
    expires_at: ColumnType<Date, Date, never>
  }
}
