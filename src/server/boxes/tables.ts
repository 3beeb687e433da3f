export type BoxesTables = {
  box_counts: {
    household: Uint8Array
    /** The id of the box's key. */
    box: Uint8Array
    /** When the 24 hours began that are counted. */
    began_at: Date
    sent: number
  }
}
