import type { IncomingHttpHeaders } from 'node:http'
import type { SignableRequest } from '../../../protocol/request-signature.ts'
import type { AccountId, DeviceId } from '../../../protocol/ids.ts'

/** A request as far as it matters for finding out who calls. The body's bytes are as received. */
export type IncomingRequest = SignableRequest & {
  readonly headers: IncomingHttpHeaders
  /** Parameters of the path, checked by the route's schema. */
  readonly params: Readonly<Record<string, unknown>>
  /** Where it comes from, for limits: an address or network; undefined where that says nothing. */
  readonly source: string | undefined
}

export type SessionCaller = {
  readonly account: AccountId
  /** Names the session among those of the account; the hash of its token. */
  readonly session: Uint8Array
}

/** Who signed a request. */
export type Signer = {
  readonly as: 'device' | 'joiner' | 'ended' | 'newcomer' | 'box'
  readonly id: DeviceId
  /** Ed25519 public key. */
  readonly key: Uint8Array
}

/** Finds out who calls. Given to the HTTP shell by the composition root. */
export interface Callers {
  /**
   * The account of the session cookie, if it may use the route of this id. Throws `sign-in-needed`
   * and `second-factor-required`.
   */
  session(request: IncomingRequest, route: string): Promise<SessionCaller>
  /**
   * The drop-box that signed the request, which no account has to stand behind; nothing for whatever
   * else signed it, or nobody. Throws `box-ended`, `clock-wrong` and, for a nonce that was used,
   * `signature-refused`, all of them only to who has the box's key.
   */
  box(request: IncomingRequest): Promise<Signer | undefined>
  /**
   * Whose signature the request carries, as one of `kinds`. Throws `signature-refused`,
   * `clock-wrong`, and `not-found` where a stranger must not learn what exists.
   */
  signer(
    request: IncomingRequest,
    kinds: readonly Signer['as'][],
    caller: SessionCaller,
  ): Promise<Signer>
}
