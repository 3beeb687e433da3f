import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import { cose, decodeAttestationObject } from '@simplewebauthn/server/helpers'
import { z } from 'zod'
import type { Assertion, Attestation } from '../../protocol/api/passkeys.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { Origins } from '../platform/http/origin.ts'
import type { NewPasskey, Passkey } from './passkey-store.ts'

/** Signatures we take: Ed25519, P-256, and RSA for the chips of Windows. */
export const ALGORITHMS = [cose.COSEALG.EdDSA, cose.COSEALG.ES256, cose.COSEALG.RS256] as const

/** What authenticators may say about how they are reached (WebAuthn level 3 section 5.8.4). */
const TRANSPORTS = ['ble', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const
type Transport = (typeof TRANSPORTS)[number]

/** Who we are to an authenticator: our host name, and the one origin that pages may have. */
export function relyingParty({ canonical }: Origins): { id: string; origin: string } {
  return { id: new URL(canonical).hostname, origin: canonical }
}

const clientData = z.looseObject({ challenge: z.string(), crossOrigin: z.boolean().optional() })

/** The challenge that an answer is for. Throws `factor-refused`. */
export function challengeOf(clientDataJSON: string): string {
  const parsed = refusedIfItThrows(() => {
    const text = Buffer.from(clientDataJSON, 'base64url').toString('utf8')
    return clientData.parse(JSON.parse(text))
  })
  // Nobody frames us, so no honest page asks from within another one.
  if (parsed.crossOrigin === true) throw new PawpostError('factor-refused')
  return parsed.challenge
}

/**
 * Checks what an authenticator answered to a challenge of ours for a new credential (WebAuthn level
 * 3 section 7.1). The person was verified, by a PIN, a finger or a face. Throws `factor-refused`.
 */
export async function verifyAttestation(
  { id, transports = [], ...response }: Attestation,
  challenge: string,
  origins: Origins,
): Promise<NewPasskey> {
  const { id: rpId, origin } = relyingParty(origins)
  const { registrationInfo, verified } = await refusedIfItRejects(async () => {
    refuseCertificates(response.attestationObject)
    return verifyRegistrationResponse({
      response: { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...ALGORITHMS],
    })
  })
  if (!verified || registrationInfo.credential.id !== id) throw new PawpostError('factor-refused')
  const { credential, credentialBackedUp } = registrationInfo
  return {
    credential: Buffer.from(credential.id, 'base64url'),
    publicKey: credential.publicKey,
    counter: credential.counter,
    transports: transports.filter(isTransport),
    synced: credentialBackedUp,
  }
}

/**
 * Checks what an authenticator answered to a challenge of ours (section 7.2): our origin, our name,
 * a person who was verified, a counter that grew, and the credential's signature. Throws
 * `factor-refused`.
 */
export async function verifyAssertion(
  { id, ...response }: Omit<Assertion, 'userHandle'>,
  challenge: string,
  passkey: Passkey,
  origins: Origins,
): Promise<{ counter: number; synced: boolean }> {
  const { id: rpId, origin } = relyingParty(origins)
  const { authenticationInfo, verified } = await refusedIfItRejects(() =>
    verifyAuthenticationResponse({
      response: { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
      credential: {
        id: passkey.credential.toString('base64url'),
        publicKey: Uint8Array.from(passkey.publicKey),
        counter: passkey.counter,
      },
    }),
  )
  if (!verified) throw new PawpostError('factor-refused')
  const { newCounter, credentialBackedUp } = authenticationInfo
  return { counter: newCounter, synced: credentialBackedUp }
}

/**
 * We ask for no attestation, and take none that comes with certificates: to check them, the library
 * would fetch whatever address they name as their list of revoked ones.
 */
function refuseCertificates(attestationObject: string): void {
  const decoded = decodeAttestationObject(Buffer.from(attestationObject, 'base64url'))
  const own = decoded.get('fmt') === 'none' || decoded.get('fmt') === 'packed'
  if (!own || decoded.get('attStmt').get('x5c') !== undefined) {
    throw new PawpostError('factor-refused')
  }
}

function isTransport(text: string): text is Transport {
  return (TRANSPORTS as readonly string[]).includes(text)
}

/** The one place where what the library throws becomes our word for it. */
async function refusedIfItRejects<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw new PawpostError('factor-refused', undefined, { cause })
  }
}

function refusedIfItThrows<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw new PawpostError('factor-refused', undefined, { cause })
  }
}
