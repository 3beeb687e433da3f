import { base64 } from '@scure/base'
import { sha256 } from '@noble/hashes/sha2.js'
import { ascii, toBase64url } from './bytes.ts'
import { verifySignature } from './ed25519.ts'
import { PawpostError } from './errors.ts'
import { deviceId, type DeviceId } from './ids.ts'

/**
 * HTTP Message Signatures (RFC 9421), one fixed profile: no negotiation, nothing optional.
 * Covered: method, authority, path, query and Content-Digest (RFC 9530, sha-256), with a creation
 * time, a nonce and the signer's device id as keyid; Ed25519; label `pp`.
 */
export type SignatureParameters = {
  readonly signer: DeviceId
  /** Seconds since 1970. */
  readonly created: number
  /** 16 random bytes in base64url. */
  readonly nonce: string
}

export type SignableRequest = {
  readonly method: string
  /** host[:port], lower case. */
  readonly authority: string
  readonly path: string
  /** With its question mark; `?` when there is no query (RFC 9421 section 2.2.7). */
  readonly query: string
  readonly body: Uint8Array
}

/** How far a signer's clock may be off, in seconds. */
export const CLOCK_TOLERANCE = 300

const COMPONENTS = '("@method" "@authority" "@path" "@query" "content-digest")'
const INPUT =
  /^pp=\("@method" "@authority" "@path" "@query" "content-digest"\);created=(\d{1,12});nonce="([A-Za-z0-9_-]{22})";keyid="(dev-[A-Za-z0-9_-]{22})";alg="ed25519"$/
const SIGNATURE = /^pp=:([A-Za-z0-9+/]{86}==):$/

/** The value of Content-Digest for a body. */
export function contentDigest(body: Uint8Array): string {
  return `sha-256=:${base64.encode(sha256(body))}:`
}

/** The value of Signature-Input, and the bytes that are signed (RFC 9421 section 2.5). */
export function signatureBase(
  request: SignableRequest,
  { signer, created, nonce }: SignatureParameters,
): { input: string; base: Uint8Array } {
  const parameters = `${COMPONENTS};created=${created};nonce="${nonce}";keyid="${signer}";alg="ed25519"`
  const base = [
    `"@method": ${request.method}`,
    `"@authority": ${request.authority}`,
    `"@path": ${request.path}`,
    `"@query": ${request.query}`,
    `"content-digest": ${contentDigest(request.body)}`,
    `"@signature-params": ${parameters}`,
  ].join('\n')
  return { input: `pp=${parameters}`, base: ascii(base) }
}

/** The three headers of a signed request. `sign` makes an Ed25519 signature of 64 bytes. */
export async function signedHeaders(
  request: SignableRequest,
  parameters: SignatureParameters,
  sign: (bytes: Uint8Array) => Promise<Uint8Array>,
): Promise<Record<'content-digest' | 'signature-input' | 'signature', string>> {
  const { input, base } = signatureBase(request, parameters)
  return {
    'content-digest': contentDigest(request.body),
    'signature-input': input,
    signature: `pp=:${base64.encode(await sign(base))}:`,
  }
}

/** Reads Signature-Input without checking anything. Throws `signature-refused` if it is not ours. */
export function readSignatureInput(value: unknown): SignatureParameters {
  const match = typeof value === 'string' ? INPUT.exec(value) : null
  const [, created = '', nonce = '', signer = ''] = match ?? []
  if (!match || !deviceId.is(signer)) throw new PawpostError('signature-refused', 'malformed')
  return { signer, created: Number(created), nonce }
}

/**
 * Checks the signature of a request against a public key. Throws `signature-refused` or
 * `clock-wrong`. The caller looks the key up by the signer, and refuses a nonce it saw before.
 */
export function verifyRequest(
  request: SignableRequest,
  headers: { input: SignatureParameters; signature: unknown; digest: unknown },
  key: Uint8Array,
  now: number,
): void {
  const match = typeof headers.signature === 'string' ? SIGNATURE.exec(headers.signature) : null
  if (!match) throw new PawpostError('signature-refused', 'malformed')
  if (headers.digest !== contentDigest(request.body)) {
    throw new PawpostError('signature-refused', 'digest')
  }
  const { base, signature } = decoded(request, headers.input, match[1] ?? '')
  if (!verifySignature(signature, base, key)) {
    throw new PawpostError('signature-refused', 'signature')
  }
  if (Math.abs(now / 1000 - headers.input.created) > CLOCK_TOLERANCE) {
    throw new PawpostError('clock-wrong')
  }
}

/** Throws `signature-refused` for a path that is not ASCII and for loose base64 (trailing bits). */
function decoded(
  request: SignableRequest,
  input: SignatureParameters,
  signature: string,
): { base: Uint8Array; signature: Uint8Array } {
  try {
    return { base: signatureBase(request, input).base, signature: base64.decode(signature) }
  } catch (cause) {
    throw new PawpostError('signature-refused', 'malformed', { cause })
  }
}

/** A fresh nonce from 16 random bytes. */
export function requestNonce(random: Uint8Array): string {
  return toBase64url(random)
}
