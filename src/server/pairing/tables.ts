export type PairingTables = {
  pairings: {
    pairing: Uint8Array
    household: Uint8Array
    /** The device that offers. */
    maker: Uint8Array
    /** One-time public key of whoever saw the code. */
    key: Uint8Array
    /** What the two phones leave for each other, sealed. */
    offer: Uint8Array
    answer: Uint8Array | null
    nonce: Uint8Array | null
    created_at: Date
  }
}
