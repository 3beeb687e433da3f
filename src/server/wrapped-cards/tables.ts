export type WrappedCardsTables = {
  wrapped_cards: {
    /** The passkey's, as its authenticator chose it. */
    credential: Uint8Array
    account: string
    /** Sealed under what the passkey gives to its own device only. */
    wrapped: Uint8Array
  }
}
