import type { Generated } from 'kysely'

export type HouseholdsTables = {
  households: {
    household: Uint8Array
    /** How many links the log has. */
    length: number
    /** Hash of the newest link. */
    head: Uint8Array
    created_at: Generated<Date>
  }
  links: {
    household: Uint8Array
    seq: number
    link: Uint8Array
  }
  /** The wraps that the log names, each for one device or card. */
  wraps: {
    household: Uint8Array
    device: Uint8Array
    principal: Uint8Array
    epoch: number
    wrap: Uint8Array
  }
}
