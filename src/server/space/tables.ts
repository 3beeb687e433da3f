export type SpaceTables = {
  household_space: {
    household: Uint8Array
    /** Of the recordings that are here now. */
    bytes: string
    /** When the 24 hours began that are counted. */
    began_at: Date
    sent: number
  }
}
