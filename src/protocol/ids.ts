import { z } from 'zod'
import { fromBase64url, toBase64url } from './bytes.ts'

/**
 * Ids are 16 bytes, written everywhere (print, JSON, CBOR) as the kind's prefix and the bytes in
 * base64url (22 letters): one form, so that two kinds cannot be confused anywhere.
 */
const PREFIXES = {
  household: 'hh-',
  principal: 'pr-',
  device: 'dev-',
  invite: 'inv-',
  request: 'req-',
  message: 'msg-',
  child: 'ch-',
  pairing: 'pair-',
  account: 'acc-',
} as const

type Kind = keyof typeof PREFIXES
type Id<K extends Kind> = string & z.$brand<K>

/** The household: first 16 bytes of its genesis link's hash. */
export type HouseholdId = Id<'household'>
/** Someone a message can be encrypted to: the household itself, one person, one toy. */
export type PrincipalId = Id<'principal'>
/** First 16 bytes of SHA-256("pp/did/v1" || signature key): a device, or a recovery card. */
export type DeviceId = Id<'device'>
export type InviteId = Id<'invite'>
/** A request to join: first 16 bytes of the hash of its bytes. */
export type RequestId = Id<'request'>
/** Made by the sender: the idempotency key of a message. */
export type MessageId = Id<'message'>
/** A child of the household: made by a guardian who consents. Nobody can encrypt to a child. */
export type ChildId = Id<'child'>
/** One adding of another phone: random, and gone when it is done. */
export type PairingId = Id<'pairing'>
export type AccountId = Id<'account'>

const ID_BYTES = 16

function codec<K extends Kind>(name: K) {
  const prefix = PREFIXES[name]
  const schema = z
    .string()
    .max(prefix.length + 22)
    .refine(isId, `expected an id such as ${prefix}…`)
    .transform((text) => text as Id<K>)
    .meta({ id: `${name}-id`, description: `${prefix} and 16 bytes in base64url` })

  function isId(text: string): boolean {
    if (!text.startsWith(prefix) || text.length !== prefix.length + 22) return false
    try {
      return fromBase64url(text.slice(prefix.length)).length === ID_BYTES
    } catch {
      return false
    }
  }

  return {
    schema,
    /** The printed id of 16 bytes. Throws RangeError on any other length. */
    from(bytes: Uint8Array): Id<K> {
      if (bytes.length !== ID_BYTES) throw new RangeError(`a ${name} id has 16 bytes`)
      return (prefix + toBase64url(bytes)) as Id<K>
    },
    /** The 16 bytes of an id. */
    bytes(id: Id<K>): Uint8Array<ArrayBuffer> {
      return fromBase64url(id.slice(prefix.length))
    },
    /** Whether `text` is a well-formed id of this kind. */
    is: (text: string): text is Id<K> => isId(text),
  }
}

export const householdId = codec('household')
export const principalId = codec('principal')
export const deviceId = codec('device')
export const inviteId = codec('invite')
export const requestId = codec('request')
export const messageId = codec('message')
export const childId = codec('child')
export const pairingId = codec('pairing')
export const accountId = codec('account')
