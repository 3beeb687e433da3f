import { randomBytes, timingSafeEqual } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

/**
 * Codes of an authenticator app (RFC 6238): SHA-1, six digits, a step of thirty seconds. These are
 * the only parameters that every app understands.
 */
const PERIOD_S = 30
const SHAPE = { algorithm: 'SHA1', digits: 6, period: PERIOD_S, issuer: 'Pawpost' } as const
/** Steps that a clock may be off, or a person late (RFC 6238 section 5.2). */
const WINDOW = 1
/** As long as SHA-1's output, as RFC 4226 section 4 recommends. */
const SECRET_BYTES = 20

export function newTotpSecret(): Uint8Array {
  return randomBytes(SECRET_BYTES)
}

/** The URI that an app reads from a QR code. `label` tells the person's accounts apart. */
export function totpUri(secret: Uint8Array, label: string): string {
  return totpOf(secret, label).toString()
}

/** The secret as a person types it: base32 without padding. */
export function totpText(secret: Uint8Array): string {
  return secretOf(secret).base32
}

/**
 * The step that a code stands for, if it is right at `now` (milliseconds since 1970) and newer than
 * `lastStep`, the last one that was accepted: no code is good twice, nor one older than a used one.
 */
export function acceptedStep(
  secret: Uint8Array,
  code: string,
  now: number,
  lastStep: number,
): number | undefined {
  const totp = totpOf(secret)
  const current = Math.floor(now / 1000 / PERIOD_S)
  const steps = Array.from({ length: 2 * WINDOW + 1 }, (_, index) => current - WINDOW + index)
  // Every step is compared, and each in the same time.
  const right = steps.filter((step) => isSameCode(codeOf(totp, step), code))
  return right.find((step) => step > lastStep)
}

function codeOf(totp: TOTP, step: number): string {
  return totp.generate({ timestamp: step * PERIOD_S * 1000 })
}

function totpOf(secret: Uint8Array, label = ''): TOTP {
  return new TOTP({ ...SHAPE, label, secret: secretOf(secret) })
}

function secretOf(secret: Uint8Array): Secret {
  return new Secret({ buffer: Uint8Array.from(secret).buffer })
}

function isSameCode(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)]
  return one.length === other.length && timingSafeEqual(one, other)
}
