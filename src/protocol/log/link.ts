import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { LINK_BYTES } from '../api/households.ts'
import { ascii, concatBytes } from '../bytes.ts'
import { bytes, fromCbor, toCbor } from '../cbor.ts'
import { deviceId, householdId, type DeviceId, type HouseholdId } from '../ids.ts'
import { demand } from './refusals.ts'

const DOMAIN = ascii('pawpost/link/v1\0')

/** A genesis link has no predecessor: 32 zero bytes stand in its place, and no household id. */
export const NO_LINK = new Uint8Array(32)

const envelope = z.strictObject({ b: bytes(1, LINK_BYTES), s: bytes(64) })

const linkBody = z.strictObject({
  v: z.literal(1),
  hid: householdId.schema.nullable(),
  seq: z.int().min(0),
  prev: bytes(32),
  by: deviceId.schema,
  /** Milliseconds since 1970: the signer's claim, no more. */
  ts: z.int().min(0),
  op: z.string().max(16),
  a: z.unknown(),
})
export type LinkBody = z.infer<typeof linkBody>

/** A link, decoded and not yet verified. */
export type Link = {
  readonly body: LinkBody
  readonly signed: Uint8Array
  readonly signature: Uint8Array
  readonly hash: Uint8Array
}

/** The bytes a link's signature covers. */
export function signedLinkBytes(body: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatBytes(DOMAIN, body)
}

/** Hash of a link: SHA-256 over domain and body. */
export function linkHash(body: Uint8Array): Uint8Array {
  return sha256(signedLinkBytes(body))
}

/** The household's id: the first 16 bytes of its genesis link's hash. */
export function householdIdOf(genesisHash: Uint8Array): HouseholdId {
  return householdId.from(genesisHash.slice(0, 16))
}

/** Decodes the bytes of a link; refuses what is too large or malformed. */
export function readLink(link: Uint8Array): Link {
  demand(link.length <= LINK_BYTES, 'link-too-large')
  const { b, s } = fromCbor(link, envelope, 'log-refused', 'link-malformed')
  const body = fromCbor(b, linkBody, 'log-refused', 'link-malformed')
  return { body, signed: signedLinkBytes(b), signature: s, hash: linkHash(b) }
}

/** Everything of a link but its signature. */
export type LinkPlan = {
  readonly household: HouseholdId | null
  readonly seq: number
  readonly prev: Uint8Array
  readonly by: DeviceId
  readonly at: number
  readonly op: string
  readonly arguments: unknown
}

/** Makes the bytes of a link. `sign` makes an Ed25519 signature of 64 bytes. */
export async function writeLink(
  plan: LinkPlan,
  sign: (bytes: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const { household: hid, seq, prev, by, at: ts, op } = plan
  const b = toCbor({ v: 1, hid, seq, prev, by, ts, op, a: plan.arguments })
  return toCbor({ b, s: await sign(signedLinkBytes(b)) })
}
