import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { OUTER_BYTES } from '../api/messages.ts'
import { ascii, concatBytes, sameBytes } from '../bytes.ts'
import { bytes, fromCbor, toCbor } from '../cbor.ts'
import { deviceId, householdId, messageId } from '../ids.ts'
import { addressees } from './addressees.ts'
import { demand, refuse } from './refusals.ts'

/** Sizes a plaintext is padded to, in bytes: length says little about what was said. */
export const BUCKETS = [4, 16, 32, 48, 64, 96, 128, 256].map((kib) => kib * 1024)
/** Bytes of a ciphertext at most: the largest bucket and the headers for many recipients. */
export const CIPHERTEXT_BYTES = 288 * 1024
/** Bytes of a stored message at most: length, outer envelope, ciphertext. */
export const FRAME_BYTES = 4 + OUTER_BYTES + CIPHERTEXT_BYTES

/**
 * What age adds to a plaintext, at most: a stanza for each recipient (mlkem768x25519: 1,559 bytes), and
 * a tag for every 64 KiB with the header's own lines. Without it a size could be said that is none, and
 * whoever counts by it would be deceived.
 */
const STANZA_BYTES = 2048
const FILE_BYTES = 1024

const AGE_MAGIC = ascii('age-encryption.org/v1\n')

const outer = z.strictObject({
  v: z.literal(1),
  hid: householdId.schema,
  mid: messageId.schema,
  by: deviceId.schema,
  to: addressees,
  /** The padded size, in bytes. */
  size: z.int().refine((size) => BUCKETS.includes(size)),
  sha256: bytes(32),
  /** How long the server keeps it: the household's retention, or no longer than delivery. */
  expiry: z.enum(['kept', 'delivered']),
})
/** What the server sees of a message. */
export type Outer = z.infer<typeof outer>

/** A message as it is stored and sent: the outer envelope's bytes and the ciphertext. */
export type Frame = {
  readonly outer: Outer
  readonly envelope: Uint8Array
  readonly ciphertext: Uint8Array
}

/** Decodes an outer envelope. */
export function readOuter(envelope: Uint8Array): Outer {
  return fromCbor(envelope, outer, 'message-refused', 'outer-malformed')
}

/** The bytes of an outer envelope for a ciphertext. */
export function writeOuter(
  fields: Omit<Outer, 'v' | 'sha256'>,
  ciphertext: Uint8Array,
): Uint8Array {
  return toCbor({ v: 1, ...fields, sha256: sha256(ciphertext) })
}

/** Length (u32, big-endian), envelope, ciphertext: the body of the route `sendMessage`. */
export function writeFrame(envelope: Uint8Array, ciphertext: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, envelope.length)
  return concatBytes(length, envelope, ciphertext)
}

/** Takes a frame apart and checks that the envelope describes this very ciphertext. */
export function readFrame(frame: Uint8Array): Frame {
  demand(frame.length <= FRAME_BYTES, 'too-large')
  demand(frame.length > 4, 'outer-malformed')
  const length = new DataView(frame.buffer, frame.byteOffset).getUint32(0)
  demand(length <= OUTER_BYTES && frame.length >= 4 + length, 'outer-malformed')
  const envelope = frame.subarray(4, 4 + length)
  const ciphertext = frame.subarray(4 + length)
  const described = readOuter(envelope)
  demandDescribed(described, ciphertext)
  return { outer: described, envelope, ciphertext }
}

/** Demands that an envelope describes this ciphertext: an age file, its hash, its size. */
export function demandDescribed(described: Outer, ciphertext: Uint8Array): void {
  demand(ciphertext.length <= CIPHERTEXT_BYTES, 'too-large')
  demand(startsLikeAge(ciphertext), 'recipient-type')
  const { size, to } = described
  const most = size + to.length * STANZA_BYTES + FILE_BYTES
  const fits = ciphertext.length > size && ciphertext.length <= most
  demand(fits && sameBytes(sha256(ciphertext), described.sha256), 'outer-mismatch')
}

function startsLikeAge(ciphertext: Uint8Array): boolean {
  return sameBytes(ciphertext.subarray(0, AGE_MAGIC.length), AGE_MAGIC)
}

/**
 * The types of the recipients an age file names, from its header (age-encryption.org/v1). The
 * library accepts mixed files; the suite does not.
 */
export function stanzaTypes(ciphertext: Uint8Array): readonly string[] {
  const types: string[] = []
  for (const line of headerLines(ciphertext)) {
    if (line.startsWith('---')) return types
    if (line.startsWith('-> ')) types.push(line.slice(3).split(' ', 1)[0] ?? '')
  }
  return refuse('recipient-type')
}

function* headerLines(ciphertext: Uint8Array): Generator<string> {
  let from = 0
  while (from < ciphertext.length) {
    const end = ciphertext.indexOf(10, from)
    if (end < 0) return
    yield String.fromCharCode(...ciphertext.subarray(from, Math.min(end, from + 4096)))
    from = end + 1
  }
}
