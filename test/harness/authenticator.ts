import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type {
  Assertion,
  Attestation,
  CreationOptions,
  RequestOptions,
} from '../../src/protocol/api/passkeys.ts'
import { toCbor } from '../../src/protocol/cbor.ts'

/** What a dishonest page, browser or authenticator does differently. */
export type Deviation = {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly type?: string
  readonly crossOrigin?: boolean
  readonly counter?: number
  /** Whether the person was verified, and whether they were there at all. */
  readonly verified?: boolean
  readonly present?: boolean
  readonly userHandle?: string
  readonly key?: KeyObject
  readonly format?: string
  /** The attestation statement that goes with `format`. */
  readonly statement?: object
  readonly credential?: Uint8Array
}

export type SoftPasskey = {
  readonly id: string
  readonly userHandle: string
  readonly key: KeyObject
  counter: number
}

/**
 * An authenticator and its browser in software (WebAuthn level 3 sections 5 and 6): P-256, no
 * attestation, one that verifies its person, at pages of `origin`.
 */
export function createAuthenticator(origin: string): {
  create(options: CreationOptions, deviation?: Deviation): Attestation & { passkey: SoftPasskey }
  get(options: RequestOptions, passkey: SoftPasskey, deviation?: Deviation): Assertion
} {
  return {
    create(options, deviation = {}) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const credential = deviation.credential ?? randomBytes(32)
      const data = authenticatorData(options.rp.id, 0, deviation, attested(credential, publicKey))
      const { format = 'none', statement = {} } = deviation
      const id = Buffer.from(credential).toString('base64url')
      const passkey = { id, userHandle: options.user.id, key: privateKey, counter: 0 }
      return {
        id,
        clientDataJSON: clientData('webauthn.create', options.challenge, origin, deviation),
        attestationObject: text(toCbor({ fmt: format, attStmt: statement, authData: data })),
        transports: ['internal', 'hybrid'],
        passkey,
      }
    },
    get(options, passkey, deviation = {}) {
      passkey.counter += 1
      const data = authenticatorData(options.rpId, passkey.counter, deviation)
      const clientDataJSON = clientData('webauthn.get', options.challenge, origin, deviation)
      const hash = sha256(Buffer.from(clientDataJSON, 'base64url'))
      const signature = sign('sha256', Buffer.concat([data, hash]), deviation.key ?? passkey.key)
      return {
        id: passkey.id,
        clientDataJSON,
        authenticatorData: text(data),
        signature: text(signature),
        userHandle: deviation.userHandle ?? passkey.userHandle,
      }
    },
  }
}

function clientData(type: string, challenge: string, origin: string, deviation: Deviation): string {
  const { crossOrigin = false } = deviation
  const data = {
    type: deviation.type ?? type,
    challenge: deviation.challenge ?? challenge,
    origin: deviation.origin ?? origin,
    crossOrigin,
  }
  return text(Buffer.from(JSON.stringify(data)))
}

/** Section 6.1: hash of the RP ID, flags, counter, and for a new credential what it is. */
function authenticatorData(
  rpId: string,
  counter: number,
  deviation: Deviation,
  made?: Uint8Array,
): Uint8Array {
  const { present = true, verified = true } = deviation
  const flags = (present ? 1 : 0) | (verified ? 4 : 0) | (made ? 64 : 0)
  const head = Buffer.alloc(5)
  head.writeUInt8(flags)
  head.writeUInt32BE(deviation.counter ?? counter, 1)
  const rpIdHash = sha256(Buffer.from(deviation.rpId ?? rpId))
  return Uint8Array.from(Buffer.concat([rpIdHash, head, made ?? Buffer.alloc(0)]))
}

/** Section 6.5.1: no model (AAGUID of zeros), the credential's id, its key in COSE's form. */
function attested(credential: Uint8Array, key: KeyObject): Uint8Array {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const length = Buffer.alloc(2)
  length.writeUInt16BE(credential.length)
  const cose = new Map<number, number | Uint8Array>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Uint8Array.from(Buffer.from(x, 'base64url'))],
    [-3, Uint8Array.from(Buffer.from(y, 'base64url'))],
  ])
  return Buffer.concat([Buffer.alloc(16), length, credential, toCbor(cose)])
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
