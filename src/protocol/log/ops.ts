import { z } from 'zod'
import { bytes } from '../cbor.ts'
import { childId, deviceId, householdId, inviteId, principalId } from '../ids.ts'
import { recipient } from '../recipient.ts'

/** The suites, oldest first. A household begins with one and moves only upwards, by a signed link. */
export const SUITES = ['PP1'] as const
/** The suite of the genesis link. */
export const SUITE = SUITES[0]

const epoch = z.int().min(1).max(1_000_000)
/**
 * Counter and hash (SHA-256 of its signed bytes) of the last message of a device that counts; 0 and
 * zeros when none does.
 */
const lastMessage = { n: z.int().min(0), hash: bytes(32) }
const last = z.strictObject(lastMessage)
export type LastMessage = z.infer<typeof last>

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

/** Rules that every client obeys. */
const policy = z.strictObject({
  /** A relative's message needs a guardian before the toy. */
  approval: z.boolean(),
  /** Days that messages are kept, at least: no epoch is closed earlier. 0 keeps them for ever. */
  retention: z.int().min(0).max(36_500),
  /** Whose messages need no approval. */
  trusted: z.array(principalId.schema).max(64),
})
export type Policy = z.infer<typeof policy>

const suite = z.string().max(16)

/** The statements that a guardian consents to, by name (docs/consent.md); their words stay as they are. */
export const TERMS = ['PC1'] as const
/** A guardian's consent: from here on the household may hold recordings by and for this child. */
const consented = z.strictObject({ id: childId.schema, terms: z.enum(TERMS) })
export type Consented = z.infer<typeof consented>
/** Children of one household, those included whose consent was withdrawn. */
export const MOST_CHILDREN = 32

/** What guardians agree to: a purpose, which a link then carries out, once. */
const purposeOf = {
  v: z.literal(1),
  hid: householdId.schema,
  id: bytes(16),
  /** Milliseconds since 1970: no link after that may use it. */
  expires: z.int().min(0),
}
export const purpose = z.discriminatedUnion('op', [
  z.strictObject({ ...purposeOf, op: z.literal('remove'), person: principalId.schema }),
  z.strictObject({ ...purposeOf, op: z.literal('policy'), policy }),
  z.strictObject({ ...purposeOf, op: z.literal('suite'), suite }),
])
export type Purpose = z.infer<typeof purpose>

/** The bytes of a purpose as they were signed, and who signed them besides the link's signer. */
const consents = z.strictObject({
  purpose: bytes(1, 1024),
  by: z.array(z.strictObject({ device: deviceId.schema, s: bytes(64) })).max(64),
})
export type Consents = z.infer<typeof consents>

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
    /** The first child. */
    child: consented,
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
    last,
    rotations: z.array(rotation).min(1).max(8),
  }),
  remove: z.strictObject({
    person: principalId.schema,
    last: z.array(z.strictObject({ device: deviceId.schema, ...lastMessage })).max(64),
    rotation: rotation.optional(),
    /** For a guardian who does not go by themself, unless a notice of theirs has run. */
    consents: consents.optional(),
  }),
  rotate: z.strictObject({ rotation }),
  /** Announces the removal of a guardian, or takes it back. */
  notice: z.strictObject({ person: principalId.schema, stands: z.boolean() }),
  /** A new recovery card for the signer's person; the old one is dead from here. */
  card: z.strictObject({
    card: keyPair,
    /** By the card over the household it opens, as in the genesis link. */
    proof: bytes(64),
    rotations: z.array(rotation).min(1).max(8),
    grants: z.array(grant).max(MOST_GRANTS),
  }),
  /** A drop-box: sends to the household, holds and receives nothing. */
  box: z.strictObject({
    id: principalId.schema,
    device: keyPair,
    /** By the box over its own enrolment: proof of possession. */
    proof: bytes(64),
    expires: z.int().min(0),
  }),
  policy: z.strictObject({ policy, consents: consents.optional() }),
  suite: z.strictObject({ suite, consents: consents.optional() }),
  /** A guardian consents, for one more child. */
  child: consented,
  /** A guardian withdraws the consent for a child: nothing new is said by or to them. */
  withdraw: z.strictObject({ child: childId.schema }),
  /** Closes a principal's epochs below a number for ever: their wraps are nobody's any more. */
  shred: z.strictObject({ principal: principalId.schema, below: epoch }),
} as const

export type Op = keyof typeof OPS
export type Arguments<O extends Op> = z.infer<(typeof OPS)[O]>

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
