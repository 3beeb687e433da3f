import {
  startAuthentication,
  startRegistration,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import type {
  Assertion,
  Attestation,
  CreationOptions,
  RequestOptions,
} from '../../protocol/api/passkeys.ts'
import { PawpostError } from '../../protocol/errors.ts'

/** Lets the person choose a passkey. Throws `factor-refused`, also when nobody chooses one. */
export async function askPasskey(options: RequestOptions): Promise<Assertion> {
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON
  const { id, response } = await calm(startAuthentication({ optionsJSON }))
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  return {
    id,
    clientDataJSON,
    authenticatorData,
    signature,
    ...(userHandle !== undefined && { userHandle }),
  }
}

/**
 * Has a passkey made that the person's devices list as `name`; the server does not learn it. Throws
 * `factor-refused`, also when the device has one already.
 */
export async function makePasskey(options: CreationOptions, name: string): Promise<Attestation> {
  const user = { ...options.user, name, displayName: name }
  // It may be asked to keep the recovery card one day, and has to know from the beginning.
  const extensions = { prf: {} }
  const optionsJSON = { ...options, user, extensions } as PublicKeyCredentialCreationOptionsJSON
  const { id, response } = await calm(startRegistration({ optionsJSON }))
  const { clientDataJSON, attestationObject, transports } = response
  return { id, clientDataJSON, attestationObject, ...(transports && { transports }) }
}

/** Browsers tell neither why nor who: for the person it did not work, and may be tried again. */
async function calm<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (cause) {
    throw new PawpostError('factor-refused', undefined, { cause })
  }
}
