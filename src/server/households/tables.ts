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
  /** The wraps that the log names, each for one device or card, as the vault sealed them. */
  wraps: {
    household: Uint8Array
    device: Uint8Array
    principal: Uint8Array
    epoch: number
    sealed: Uint8Array
  }
  /** Epochs that are closed for ever: all of a principal's below a number. */
  closed_epochs: {
    household: Uint8Array
    principal: Uint8Array
    below: number
    /** Whether their shred keys are destroyed, too. */
    destroyed: Generated<boolean>
  }
  /** Households that are gone, until their shred keys are destroyed, too. */
  leaving_households: { leaving: Uint8Array }
}
