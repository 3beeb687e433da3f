import type { Generated } from 'kysely'

export type JoiningTables = {
  join_requests: {
    household: Uint8Array
    request: Uint8Array
    invite: Uint8Array
    /** The device that asks. */
    device: Uint8Array
    bytes: Uint8Array
    join_signature: Uint8Array
    device_signature: Uint8Array
    /** Sealed to the household: who asks. */
    hello: Uint8Array
    nonce: Uint8Array | null
    nonce_by: Uint8Array | null
    reveal: Uint8Array | null
    declined: Generated<boolean>
    /** Grows with every change of the row. */
    version: Generated<number>
    created_at: Generated<Date>
  }
}
