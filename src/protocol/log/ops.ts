import { z } from 'zod'
import { bytes } from '../cbor.ts'
import { deviceId, householdId, inviteId, principalId } from '../ids.ts'
import { recipient } from '../recipient.ts'

/** The suite of the genesis link. Changes only by a signed link, never downwards. */
export const SUITE = 'PP1'

const epoch = z.int().min(1).max(1_000_000)
/** A device's message counter; 0 when it never sent anything. */
const counter = z.int().min(0)

const keyPair = z.strictObject({ sig: bytes(32), kem: recipient })
export type PublicKeys = z.infer<typeof keyPair>

/** Names one wrap, a principal's secret sealed to one device, by its SHA-256. */
const wrapRef = z.strictObject({ to: deviceId.schema, hash: bytes(32) })
const wrapRefs = z.array(wrapRef).min(1).max(256)
export type WrapRef = z.infer<typeof wrapRef>

/** A new principal at epoch 1 and the wraps for its holders. */
const newPrincipal = z.strictObject({ id: principalId.schema, rec: recipient, wraps: wrapRefs })
export type NewPrincipal = z.infer<typeof newPrincipal>

/** The next epoch of a principal and the wraps for its holders. */
const rotation = z.strictObject({ id: principalId.schema, epoch, rec: recipient, wraps: wrapRefs })
export type Rotation = z.infer<typeof rotation>

/** Grants of one link, at most: together with a rotation they stay within one call's wraps. */
export const MOST_GRANTS = 160

/** An epoch's secret, given to one more device. */
const grant = z.strictObject({
  of: principalId.schema,
  epoch,
  to: deviceId.schema,
  hash: bytes(32),
})
export type Grant = z.infer<typeof grant>

export const ROLES = ['guardian', 'relative', 'toy'] as const
export type MemberRole = (typeof ROLES)[number]

/** Rules that every client obeys. Approval: a relative's message needs a guardian before the toy. */
const policy = z.strictObject({ approval: z.boolean() })
export type Policy = z.infer<typeof policy>

/** The arguments of each op. */
export const OPS = {
  genesis: z.strictObject({
    suite: z.literal(SUITE),
    device: keyPair,
    person: newPrincipal,
    household: newPrincipal,
    card: keyPair,
    /** By the card over the household it opens: nobody founds one with somebody else's card. */
    cardProof: bytes(64),
    policy,
  }),
  invite: z.strictObject({
    id: inviteId.schema,
    role: z.enum(ROLES),
    /** Public half of the one-time key that the link's secret derives. */
    join: bytes(32),
    /** Milliseconds since 1970. */
    expires: z.int().min(0),
  }),
  cancel: z.strictObject({ id: inviteId.schema }),
  add: z.strictObject({
    /** The bytes of the request to join, as they were signed. */
    request: bytes(1, 16 * 1024),
    joinSignature: bytes(64),
    deviceSignature: bytes(64),
    /** For a guardian: the household's next epoch, which the newcomer holds too. */
    rotation: rotation.optional(),
    grants: z.array(grant).max(MOST_GRANTS),
  }),
  adddev: z.strictObject({
    person: principalId.schema,
    device: keyPair,
    /** By the new device over its own enrolment: proof of possession. */
    proof: bytes(64),
    grants: z.array(grant).min(1).max(MOST_GRANTS),
  }),
  revdev: z.strictObject({
    device: deviceId.schema,
    /** The last counter of that device that counts. */
    last: counter,
    rotations: z.array(rotation).min(1).max(8),
  }),
  remove: z.strictObject({
    person: principalId.schema,
    last: z.array(z.strictObject({ device: deviceId.schema, n: counter })).max(64),
    rotation: rotation.optional(),
  }),
  rotate: z.strictObject({ rotation }),
} as const

export type Op = keyof typeof OPS
export type Arguments<O extends Op> = z.infer<(typeof OPS)[O]>

/** Ops that the design names and this version refuses: they keep their place. */
export const RESERVED_OPS: readonly string[] = ['notice', 'card', 'box', 'policy', 'suite']

/** A request to join, signed by the invitation's one-time key and by the new device. */
export const joinRequestBody = z.strictObject({
  v: z.literal(1),
  hid: householdId.schema,
  invite: inviteId.schema,
  device: keyPair,
  person: newPrincipal,
  /** Commitment to the joiner's nonce for the six digits. */
  commitment: bytes(32),
  /** SHA-256 of the sealed hello, so that nobody else can say who the joiner is. */
  hello: bytes(32),
})
export type JoinRequestBody = z.infer<typeof joinRequestBody>
