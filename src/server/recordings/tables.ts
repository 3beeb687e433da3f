export type RecordingsTables = {
  /** Sealed recordings: the server cannot hear them. */
  recordings: {
    household: Uint8Array
    message: Uint8Array
    ciphertext: Uint8Array
  }
}
