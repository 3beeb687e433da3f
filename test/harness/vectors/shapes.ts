/**
 * The files of `test/vectors/pawpost`. Bytes are base64url without padding; hashes are SHA-256.
 * README.md there says what each field means.
 */

/** A file's decoded JSON, or its bytes. */
export type Load = {
  readonly json: <T>(name: string) => Promise<T>
  readonly bytes: (name: string) => Promise<Uint8Array<ArrayBuffer>>
}

export type DeviceVector = {
  readonly name: string
  /** Seeds of 32 bytes: of the signature key, of the encryption key. */
  readonly sign: string
  readonly kem: string
  readonly id: string
  readonly sig: string
  readonly recipient: string
  /** The encryption key as the age tools read it. */
  readonly identity: string
}

export type LinkVector = {
  readonly what: string
  readonly op: string
  readonly by: string
  readonly hash: string
  readonly bytes: string
}

export type RefusedLink = {
  readonly reason: string
  readonly what: string
  /** It is offered after so many links of the log, and these. */
  readonly after: number
  readonly more: readonly string[]
  readonly link: string
}

export type LogVectors = {
  readonly devices: readonly DeviceVector[]
  readonly links: readonly LinkVector[]
  readonly state: unknown
  readonly refused: readonly RefusedLink[]
}

export type WrapVector = {
  readonly of: string
  readonly epoch: number
  /** The name of the device. */
  readonly to: string
  readonly wrap: string
  readonly secret: string
}

export type RefusedWrap = Omit<WrapVector, 'secret'> & {
  readonly reason: string
  readonly what: string
  /** Which log names it: so many links of the log, and these. */
  readonly after: number
  readonly more: readonly string[]
}

export type WrapVectors = {
  readonly wraps: readonly WrapVector[]
  readonly refused: readonly RefusedWrap[]
}

export type MessageVector = {
  readonly what: string
  readonly by: string
  readonly envelope: string
  /** The name of the ciphertext's file. */
  readonly file: string
  /** Hash of the signed bytes, and what they say; long byte strings by length and hash. */
  readonly signed: string
  readonly signature: string
  readonly inner: unknown
  /** What each device makes of it: `opens`, or a reason code. */
  readonly readers: Readonly<Record<string, string>>
}

/** A file of `MessageVectors.messages` with a change, and the envelope fitted to it. */
export type DamagedMessage = {
  readonly what: string
  readonly of: string
  readonly change: { readonly at: number; readonly xor: number } | { readonly keep: number }
  readonly reason: string
}

export type RefusedMessage = {
  readonly reason: string
  readonly what: string
  readonly after: number
  readonly more: readonly string[]
  readonly envelope: string
  /** The ciphertext, and so many zeros behind it. */
  readonly ciphertext: string
  readonly zeros: number
  /** What the reader received before. */
  readonly received: {
    /** Counter and hash of the newest message of the sender. */
    readonly last: { readonly n: number; readonly hash: string } | null
    readonly has: boolean
  }
}

export type ApprovalVector = {
  readonly what: string
  /** How many links of the log the toy knows. */
  readonly after: number
  readonly i: string
  readonly s: string
  /** The message's id, or `code/reason` of the refusal. */
  readonly verdict: string
}

/** A secret that somebody holds. */
export type SecretVector = { readonly of: string; readonly epoch: number; readonly secret: string }

export type MessageVectors = {
  readonly messages: readonly MessageVector[]
  readonly damaged: readonly DamagedMessage[]
  /** What the reader of those refused holds. */
  readonly secrets: readonly SecretVector[]
  readonly refused: readonly RefusedMessage[]
  readonly approvals: readonly ApprovalVector[]
}

export type CardVectors = {
  readonly cards: readonly {
    readonly code: string
    readonly secret: string
    readonly sign: string
    readonly kem: string
    readonly id: string
    readonly recipient: string
    readonly typed: readonly string[]
  }[]
  readonly refused: readonly string[]
}

export type InvitationVectors = {
  readonly links: readonly {
    readonly link: string
    readonly origin: string
    readonly id: string
    readonly household: string
    readonly secret: string
    /** The seed of the one-time key, its public half, and the recipient nobody uses. */
    readonly sign: string
    readonly join: string
    readonly recipient: string
  }[]
  readonly refused: readonly string[]
}

export type DigitsVector = {
  readonly household: string
  readonly request: string
  readonly requestId: string
  readonly guardianNonce: string
  readonly joinerNonce: string
  readonly commitment: string
  readonly digits: string
}

export type RequestVector = {
  readonly method: string
  readonly authority: string
  readonly path: string
  readonly query: string
  readonly body: string
}
export type SignedHeaders = {
  readonly 'content-digest': string
  readonly 'signature-input': string
  readonly signature: string
}

export type RequestVectors = {
  readonly sign: string
  readonly key: string
  readonly requests: readonly {
    readonly request: RequestVector
    readonly created: number
    readonly nonce: string
    readonly base: string
    readonly headers: SignedHeaders
  }[]
  readonly refused: readonly {
    readonly what: string
    readonly reason: string
    readonly request: RequestVector
    readonly headers: SignedHeaders
    /** The verifier's clock, in seconds since 1970. */
    readonly now: number
  }[]
}
