import type { PasskeyOutput } from '../../client/card-wraps.ts'
import { CARD_WRAP_INPUT } from '../../keys/card-wrap.ts'
import { randomBytes } from '../../keys/device.ts'
import { fromBase64url, toBase64url } from '../../protocol/bytes.ts'
import { PawpostError } from '../../protocol/errors.ts'

/** How long a browser waits for the person. */
const PATIENCE = 300_000

/**
 * Lets the person choose a passkey, and has it compute what nobody else can (WebAuthn level 3, the
 * `prf` extension). Nobody checks the signature: whoever has the output has the passkey. Throws
 * `factor-refused`, also when nobody chooses one, and `passkey-unable` for one that cannot.
 */
export async function askOutput(credentials: readonly string[]): Promise<PasskeyOutput> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: randomBytes(32),
    timeout: PATIENCE,
    userVerification: 'required',
    allowCredentials: credentials.map((id) => ({ type: 'public-key', id: fromBase64url(id) })),
    extensions: { prf: { eval: { first: CARD_WRAP_INPUT } } },
  }
  const chosen = await calm(navigator.credentials.get({ publicKey }))
  if (!(chosen instanceof PublicKeyCredential)) throw new PawpostError('factor-refused')
  const output = chosen.getClientExtensionResults().prf?.results?.first
  if (!(output instanceof ArrayBuffer)) throw new PawpostError('passkey-unable')
  const credential = toBase64url(new Uint8Array(chosen.rawId))
  return { credential, output: new Uint8Array(output) }
}

/** Browsers tell neither why nor who: for the person it did not work, and may be tried again. */
async function calm<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (cause) {
    throw new PawpostError('factor-refused', undefined, { cause })
  }
}
