import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { ascii, concatBytes } from '../bytes.ts'
import { bytes, checked, fromCbor, toCbor } from '../cbor.ts'
import { householdId, deviceId, messageId } from '../ids.ts'
import { addressees } from './addressees.ts'
import { KINDS, original, type Content, type Kind, type Original } from './kinds.ts'
import { BUCKETS } from './outer.ts'
import { demand, refuse } from './refusals.ts'

const DOMAIN = ascii('pawpost/msg/v1\0')
const LENGTH_BYTES = 4
/** Signed bytes of anything but a forward, at most: a forward must have room to embed them. */
const EMBEDDABLE_BYTES = 252 * 1024

/** The last moment that a date can name. */
const LATEST = 8_640_000_000_000_000

const inner = z.strictObject({
  v: z.literal(1),
  hid: householdId.schema,
  mid: messageId.schema,
  by: deviceId.schema,
  /** Counter of the sending device, from 1. */
  n: z.int().min(1),
  /** SHA-256 of the sender's previous signed bytes; 32 zero bytes for the first. */
  prev: bytes(32),
  /** The newest link the sender knew. */
  head: z.strictObject({ seq: z.int().min(0), hash: bytes(32) }),
  to: addressees,
  ts: z.int().min(0).max(LATEST),
  kind: z.enum(Object.keys(KINDS) as [Kind, ...Kind[]]),
  body: z.unknown(),
})

/** A signed message, decoded. */
export type Inner = Omit<z.infer<typeof inner>, 'kind' | 'body'> & Content

/** Decodes signed bytes, body included. */
export function readInner(signed: Uint8Array): Inner {
  const { kind, body, ...rest } = fromCbor(signed, inner, 'message-refused', 'inner-malformed')
  demand(kind === 'forward' || signed.length <= EMBEDDABLE_BYTES, 'too-large')
  const parsed = checked(body, KINDS[kind], 'message-refused', 'inner-malformed')
  return { ...rest, kind, body: parsed } as Inner
}

/** The bytes that get signed. */
export function writeInner(message: Omit<Inner, 'v'>): Uint8Array<ArrayBuffer> {
  return toCbor({ v: 1, ...message })
}

/**
 * What a message's signature covers: its bytes and the recipient strings of its addressees, in
 * order, so that nobody can re-address it. Resolve them from the log at the head it names.
 */
export function signedMessageBytes(
  signed: Uint8Array,
  recipients: readonly string[],
): Uint8Array<ArrayBuffer> {
  const addressed = sha256(ascii(recipients.join('\n')))
  return concatBytes(DOMAIN, sha256(signed), addressed)
}

/** Packs signed bytes and signature and pads them with zeros to the smallest bucket they fit. */
export function pad(message: Original): Uint8Array<ArrayBuffer> {
  const packed = toCbor(message)
  const bucket = BUCKETS.find((size) => size >= LENGTH_BYTES + packed.length)
  if (bucket === undefined) return refuse('too-large')
  const padded = new Uint8Array(bucket)
  new DataView(padded.buffer).setUint32(0, packed.length)
  padded.set(packed, LENGTH_BYTES)
  return padded
}

/** Inverse of {@link pad}; refuses anything but zeros behind the message. */
export function unpad(plaintext: Uint8Array): Original {
  demand(BUCKETS.includes(plaintext.length), 'padding-invalid')
  const length = new DataView(plaintext.buffer, plaintext.byteOffset).getUint32(0)
  const end = LENGTH_BYTES + length
  demand(end <= plaintext.length, 'padding-invalid')
  demand(
    plaintext.subarray(end).every((byte) => byte === 0),
    'padding-invalid',
  )
  const packed = plaintext.subarray(LENGTH_BYTES, end)
  return fromCbor(packed, original, 'message-refused', 'inner-malformed')
}
