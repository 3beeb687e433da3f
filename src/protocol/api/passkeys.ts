import { z } from 'zod'
import { base64 } from './route.ts'

/** Bytes of a credential's id at most (WebAuthn level 3 section 5.1). */
const CREDENTIAL_BYTES = 1023

const credential = base64(CREDENTIAL_BYTES, 1)
const challenge = base64(32, 32)
const userVerification = z.literal('required')
const transports = z.array(z.string().max(32)).max(8)

const descriptor = z.strictObject({
  type: z.literal('public-key'),
  id: credential,
  transports: z.array(z.string()),
})

/**
 * What `navigator.credentials.create` takes, as its JSON form (WebAuthn level 3 section 5.1.9).
 * `user.name` is shown by the authenticator: the app writes the address there, which only it has.
 */
export const creation = z.strictObject({
  rp: z.strictObject({ id: z.string(), name: z.string() }),
  user: z.strictObject({ id: base64(64, 16), name: z.string(), displayName: z.string() }),
  challenge,
  pubKeyCredParams: z.array(z.strictObject({ type: z.literal('public-key'), alg: z.int() })),
  timeout: z.int(),
  attestation: z.literal('none'),
  excludeCredentials: z.array(descriptor),
  authenticatorSelection: z.strictObject({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification,
  }),
})
export type CreationOptions = z.output<typeof creation>

/** What `navigator.credentials.get` takes, as its JSON form (section 5.5). */
export const request = z.strictObject({
  rpId: z.string(),
  challenge,
  timeout: z.int(),
  userVerification,
  allowCredentials: z.array(descriptor),
})
export type RequestOptions = z.output<typeof request>

/** What an authenticator answered; extension results (a PRF's are secrets) stay on the device. */
export const attestation = z.strictObject({
  id: credential,
  clientDataJSON: base64(4096, 1),
  attestationObject: base64(8192, 1),
  transports: transports.optional(),
})
export type Attestation = z.output<typeof attestation>

export const assertion = z.strictObject({
  id: credential,
  clientDataJSON: base64(4096, 1),
  authenticatorData: base64(2048, 1),
  signature: base64(8192, 1),
  userHandle: base64(64).optional(),
})
export type Assertion = z.output<typeof assertion>
