import { z } from 'zod'
import { bytes } from '../cbor.ts'
import { childId, messageId, principalId } from '../ids.ts'
import { keepsakeNames, NAME } from './names.ts'

/** A signed inner message as it travelled: embedded whole so that anyone can verify it again. */
export const original = z.strictObject({ i: bytes(1, 256 * 1024), s: bytes(64) })
export type Original = z.infer<typeof original>

/** People and children in a profile, at most. */
export const MOST_NAMES = 64
const MOST_CHILDREN = 32
/** Bytes of a portrait, at most: it has to fit into a message's smaller sizes. */
export const PORTRAIT_BYTES = 60 * 1024

/** The shapes of the toys. */
export const PLUSHES = ['bear', 'cat', 'dog', 'bunny', 'unicorn'] as const
export type Plush = (typeof PLUSHES)[number]

/** What somebody is to the child. */
export const RELATIONS = [
  'mother',
  'father',
  'grandmother',
  'grandfather',
  'aunt',
  'uncle',
  'cousin',
  'other',
] as const
export type Relation = (typeof RELATIONS)[number]

/** Minutes after midnight: from one moment to another one, over midnight where `to` comes first. */
const minute = z.int().min(0).max(1439)
const span = z.strictObject({ from: minute, to: minute })
export type Span = z.infer<typeof span>

/** When the toy is quiet, in the child's own time zone. */
const quiet = z.strictObject({
  /** A name of the IANA time zone database, such as `Europe/Berlin`. */
  zone: z.string().min(1).max(64),
  /** Nights before a school day (Sunday to Thursday), and the others. */
  school: span.optional(),
  free: span.optional(),
  /** The loudest the toy gets while it is quiet, of 0 to 100. */
  volume: z.int().min(0).max(100).optional(),
})
export type Quiet = z.infer<typeof quiet>

const child = z.strictObject({
  id: childId.schema,
  name: NAME,
  plush: z.enum(PLUSHES).optional(),
  /** What the toy is called. */
  pet: NAME.optional(),
  /** Day and month, no year: a year would tell more than a cake needs. */
  birthday: z
    .strictObject({ month: z.int().min(1).max(12), day: z.int().min(1).max(31) })
    .optional(),
  quiet: quiet.optional(),
})
export type ProfileChild = z.infer<typeof child>

const known = z.strictObject({
  person: principalId.schema,
  name: NAME,
  relation: z.enum(RELATIONS).optional(),
  /** The children they may send to; all without it. */
  children: z.array(childId.schema).max(MOST_CHILDREN).optional(),
  /** Takes a break: their app sends nothing, and nothing of theirs is shown. */
  paused: z.literal(true).optional(),
})
export type ProfilePerson = z.infer<typeof known>

/** Whom a voice is meant for: children, people, the household (its guardians). */
const whom = z.union([childId.schema, principalId.schema])
const meantFor = z
  .array(whom)
  .min(1)
  .max(32)
  .refine((all) => new Set(all).size === all.length)

/** Bodies by kind. Everything a person would recognise lives here, inside the ciphertext. */
export const KINDS = {
  /** A recording. `author` is whose voice it is, `for` whom it is meant for. */
  voice: z.strictObject({
    author: z.union([z.literal('sender'), childId.schema]),
    for: meantFor,
    codec: z.enum(['opus/ogg']),
    durationMs: z.int().min(1).max(300_000),
    sound: bytes(1, 256 * 1024),
    /** The toy's own recording, kept as it came: its codec is not known to us. */
    raw: z
      .strictObject({ codec: z.literal('sonix-msadpcm/raw'), bytes: bytes(1, 128 * 1024) })
      .optional(),
    /** The message that it answers. */
    re: messageId.schema.optional(),
    /** One of several that were said in one breath, each a recording by itself. */
    part: z
      .strictObject({ set: bytes(16), at: z.int().min(0).max(7), of: z.int().min(2).max(8) })
      .refine(({ at, of }) => at < of)
      .optional(),
  }),
  /**
   * A voice, embedded as it was signed, and signed over: a guardian releases it towards the toy
   * (`approve`) or passes it on to somebody (`share`); somebody saves it for longer than messages are
   * kept (`keep`).
   */
  forward: z.strictObject({
    of: messageId.schema,
    why: z.enum(['approve', 'share', 'keep']),
    original,
  }),
  /** What happened to a message. */
  receipt: z.strictObject({
    of: messageId.schema,
    event: z.enum(['approved', 'rejected', 'withdrawn', 'in-the-bear', 'played']),
  }),
  /** The children, and the people the addressee knows. The newest one counts. */
  profile: z.strictObject({
    children: z.array(child).max(MOST_CHILDREN),
    people: z.array(known).max(MOST_NAMES),
  }),
  /** A picture of a child or a person; an empty one takes it away. */
  portrait: z.strictObject({
    of: whom,
    type: z.enum(['image/jpeg', 'image/png', 'image/webp']),
    image: bytes(0, PORTRAIT_BYTES),
  }),
  /** A note to one's own other devices: this is not to be shown any more. */
  hide: z.strictObject({ of: messageId.schema }),
  /** Asks every holder to forget a message. */
  erase: z.strictObject({ of: messageId.schema }),
  /**
   * A voice out of an archive that somebody brought along: what it says of itself, nobody vouches for.
   * It is for who brought it, or for the household, and never for a toy.
   */
  keepsake: z.strictObject({
    from: keepsakeNames,
    /** Whether it is said to be a child's own voice. */
    child: z.boolean(),
    to: keepsakeNames,
    /** Milliseconds since 1970: when it is said to have been said. */
    at: z.int().min(0).max(8_640_000_000_000_000),
    codec: z.enum(['opus/ogg']),
    durationMs: z.int().min(1).max(300_000),
    sound: bytes(1, 256 * 1024),
  }),
  /** Asks the other guardians to agree to a purpose, which the log knows how to read. */
  purpose: z.strictObject({ purpose: bytes(1, 1024) }),
  /** Agrees to the purpose of this SHA-256, with the sending device's signature for the log. */
  consent: z.strictObject({ purpose: bytes(32), s: bytes(64) }),
} as const

export type Kind = keyof typeof KINDS
export type Body<K extends Kind> = z.infer<(typeof KINDS)[K]>
/** A kind and its body, told apart by `kind`. */
export type Content = { [K in Kind]: { readonly kind: K; readonly body: Body<K> } }[Kind]
