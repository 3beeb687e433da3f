import { z } from 'zod'
import { bytes } from '../cbor.ts'
import { messageId, principalId } from '../ids.ts'

/** A signed inner message as it travelled: embedded whole so that anyone can verify it again. */
export const original = z.strictObject({ i: bytes(1, 256 * 1024), s: bytes(64) })
export type Original = z.infer<typeof original>

/** A person's name, or the child's. */
export const NAME = z.string().min(1).max(80)
/** Names in a profile, at most. */
export const MOST_NAMES = 64

/** Bodies by kind. Everything a person would recognise lives here, inside the ciphertext. */
export const KINDS = {
  /** A recording. `author` is whose voice it is, `for` whom it is meant for. */
  voice: z.strictObject({
    author: z.enum(['sender', 'child']),
    for: z.union([z.literal('child'), principalId.schema]),
    codec: z.enum(['opus/ogg']),
    durationMs: z.int().min(1).max(300_000),
    sound: bytes(1, 256 * 1024),
    /** The toy's own recording, kept as it came: its codec is not known to us. */
    raw: z
      .strictObject({ codec: z.literal('sonix-msadpcm/raw'), bytes: bytes(1, 128 * 1024) })
      .optional(),
  }),
  /** A guardian's approval: the original, embedded and signed over, released towards the toy. */
  forward: z.strictObject({ of: messageId.schema, original }),
  /** What happened to a message. */
  receipt: z.strictObject({
    of: messageId.schema,
    event: z.enum(['approved', 'rejected', 'in-the-bear', 'played']),
  }),
  /** Names: of the child and of the people the addressee knows. The newest one counts. */
  profile: z.strictObject({
    child: z.strictObject({ name: NAME }),
    people: z.array(z.strictObject({ person: principalId.schema, name: NAME })).max(MOST_NAMES),
  }),
  /** Asks every holder to forget a message. */
  erase: z.strictObject({ of: messageId.schema }),
  /** Asks the other guardians to agree to a purpose, which the log knows how to read. */
  purpose: z.strictObject({ purpose: bytes(1, 1024) }),
  /** Agrees to the purpose of this SHA-256, with the sending device's signature for the log. */
  consent: z.strictObject({ purpose: bytes(32), s: bytes(64) }),
} as const

export type Kind = keyof typeof KINDS
export type Body<K extends Kind> = z.infer<(typeof KINDS)[K]>
/** A kind and its body, told apart by `kind`. */
export type Content = { [K in Kind]: { readonly kind: K; readonly body: Body<K> } }[Kind]
