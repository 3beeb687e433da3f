import { sha256 } from '@noble/hashes/sha2.js'
import { encryptTo } from '../../src/keys/age.ts'
import { randomBytes, type Device } from '../../src/keys/device.ts'
import { open, type Arrived, type Opened } from '../../src/keys/message.ts'
import { toCbor } from '../../src/protocol/cbor.ts'
import {
  childId,
  messageId,
  type ChildId,
  type MessageId,
  type PrincipalId,
} from '../../src/protocol/ids.ts'
import { childrenOf, epochAt, headOf, type Household } from '../../src/protocol/log/household.ts'
import { addressees, type Addressee } from '../../src/protocol/message/addressees.ts'
import { pad, signedMessageBytes, type Inner } from '../../src/protocol/message/inner.ts'
import type { Body, Content, Original } from '../../src/protocol/message/kinds.ts'
import type { Outer } from '../../src/protocol/message/outer.ts'
import type { Received } from '../../src/protocol/message/verify.ts'
import { keyringOf, NOW, type Family } from './family.ts'

/** Somebody who received nothing yet. */
export const NOTHING_RECEIVED: Received = { last: () => undefined, has: () => false }

export function newMessageId(): MessageId {
  return messageId.from(randomBytes(16))
}

/** Stands for a family's first child until somebody signs: then it is that child. */
export const THE_CHILD = childId.from(new Uint8Array(16))

/** A family's first child. */
export function childOf(household: Household): ChildId {
  return childrenOf(household)[0]?.id ?? THE_CHILD
}

/** A content in which {@link THE_CHILD} is the family's. */
export function about(household: Household, content: Content): Content {
  if (content.kind !== 'voice') return content
  const own = <T>(whom: T): T | ChildId => (whom === THE_CHILD ? childOf(household) : whom)
  const { author, for: meant } = content.body
  return { kind: 'voice', body: { ...content.body, author: own(author), for: meant.map(own) } }
}

/** A short recording for the child. */
export function voice(lies: Partial<Body<'voice'>> = {}): Content {
  const sound = randomBytes(40)
  const body = {
    author: 'sender',
    for: [THE_CHILD],
    codec: 'opus/ogg',
    durationMs: 900,
    sound,
  } satisfies Body<'voice'>
  return { kind: 'voice', body: { ...body, ...lies } }
}

/** What a sender with a changed program can choose. Everything left out is honest. */
export type Lies = {
  readonly inner?: Partial<Record<keyof Inner, unknown>>
  readonly outer?: Partial<Record<keyof Outer, unknown>>
  /** Whom the file is encrypted to, instead of the addressees. */
  readonly sealedTo?: readonly string[]
  /** Which recipients the signature covers, instead of the addressees'. */
  readonly signedTo?: readonly string[]
  readonly signer?: Device
  readonly original?: (honest: Original) => Original
  readonly plaintext?: (honest: Uint8Array) => Uint8Array
  readonly ciphertext?: (honest: Uint8Array) => Uint8Array
}

export type Letter = {
  readonly by: Device
  readonly to: readonly PrincipalId[]
  readonly content?: Content
}

/** The current recipient of a principal. */
export function recipientOf({ household }: Family, pid: PrincipalId): string {
  return household.principals.get(pid)?.epochs.at(-1)?.rec ?? ''
}

/** Addressees with their current epochs; 1 for whoever is not there. */
export function addressed({ household }: Family, to: readonly PrincipalId[]): Addressee[] {
  return to.map((pid) => {
    const principal = household.principals.get(pid)
    return { pid, epoch: (principal && epochAt(principal, headOf(household).seq)?.epoch) ?? 1 }
  })
}

/** The signed half of a message, made by hand: `lies` replaces parts. */
export async function sign(
  family: Family,
  { by, to, content = voice() }: Letter,
  lies: Lies = {},
): Promise<Original> {
  const { household } = family
  const head = headOf(household)
  const i = toCbor({
    v: 1,
    hid: household.id,
    mid: newMessageId(),
    by: by.id,
    n: 1,
    prev: new Uint8Array(32),
    head,
    to: addressed(family, to),
    ts: NOW,
    ...about(household, content),
    ...lies.inner,
  })
  const recipients = lies.signedTo ?? to.map((pid) => recipientOf(family, pid))
  const s = await (lies.signer ?? by).sign(signedMessageBytes(i, recipients))
  return lies.original?.({ i, s }) ?? { i, s }
}

/** A whole message as the mailbox would hand it out. */
export async function post(family: Family, letter: Letter, lies: Lies = {}): Promise<Arrived> {
  const mid = lies.inner?.mid ?? newMessageId()
  const signed = await sign(family, letter, { ...lies, inner: { ...lies.inner, mid } })
  const honest = pad(signed)
  const plaintext = lies.plaintext?.(honest) ?? honest
  const recipients = lies.sealedTo ?? letter.to.map((pid) => recipientOf(family, pid))
  const file = await encryptTo(recipients, plaintext)
  const ciphertext = lies.ciphertext?.(file) ?? file
  const told = addressees.safeParse(lies.inner?.to)
  const outer = {
    v: 1,
    hid: family.household.id,
    mid,
    by: letter.by.id,
    to: told.success ? told.data : addressed(family, letter.to),
    size: plaintext.length,
    sha256: sha256(ciphertext),
    expiry: 'kept',
    ...lies.outer,
  }
  return { envelope: toCbor(outer), ciphertext }
}

/** Opens a message on a device that received nothing before. */
export async function openOn(
  family: Family,
  device: Device,
  arrived: Arrived,
  received: Received = NOTHING_RECEIVED,
): Promise<Opened> {
  return open(family.household, await keyringOf(family, device), arrived, received)
}
