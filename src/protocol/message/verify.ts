import { sha256 } from '@noble/hashes/sha2.js'
import { sameBytes } from '../bytes.ts'
import { verifySignature } from '../ed25519.ts'
import { childId, type DeviceId, type MessageId, type PrincipalId } from '../ids.ts'
import { epochAt, wasThere, type Device, type Household } from '../log/household.ts'
import type { LastMessage } from '../log/ops.ts'
import { pidsOf, sameAddressees } from './addressees.ts'
import { readInner, signedMessageBytes, type Inner } from './inner.ts'
import type { Kind, Original } from './kinds.ts'
import type { Outer } from './outer.ts'
import { demand, refuse } from './refusals.ts'

/** What a receiver knows of earlier messages, by sender and id. */
export type Received = {
  /** Counter and hash of the newest message accepted from a device. */
  readonly last: (device: DeviceId) => LastMessage | undefined
  readonly has: (message: MessageId) => boolean
}

/**
 * Verifies an opened message against the envelope it came in, the log and what was received
 * before. `mine` are the principals this device reads for.
 *
 * Throws PawpostError('message-refused', reason) with a reason of MESSAGE_REFUSALS.
 */
export function verifyMessage(
  household: Household,
  opened: Original,
  context: { outer: Outer; mine: readonly PrincipalId[]; received: Received },
): Inner {
  const { outer, mine, received } = context
  const inner = readInner(opened.i)
  demand(inner.hid === outer.hid, 'household-differs')
  demand(inner.mid === outer.mid, 'id-differs')
  demand(inner.by === outer.by, 'sender-differs')
  demand(sameAddressees(inner.to, outer.to), 'addressees-differ')
  const sender = senderOf(household, inner, opened)
  demand(
    inner.to.some(({ pid }) => mine.includes(pid)),
    'not-addressed',
  )
  demandSigned(household, inner, opened, sender)
  demandNext(inner, received.last(inner.by))
  demand(!received.has(inner.mid), 'message-replayed')
  return inner
}

/** Counters grow, and whoever follows the last message at once knows it: no clone of a device does. */
function demandNext({ n, prev }: Inner, last: LastMessage | undefined): void {
  if (!last) return
  demand(n > last.n, 'counter-replayed')
  demand(n > last.n + 1 || sameBytes(prev, last.hash), 'chain-broken')
}

/**
 * Verifies a message that another one embeds: everything that does not depend on who reads it.
 * Used for originals inside forwards, by clients and by whatever drives a toy.
 */
export function verifyOriginal(household: Household, original: Original): Inner {
  const inner = readInner(original.i)
  const sender = senderOf(household, inner, original)
  demandSigned(household, inner, original, sender)
  return inner
}

function senderOf(household: Household, inner: Inner, { i }: Original): Device {
  demand(inner.hid === household.id, 'household-differs')
  const known = household.hashes[inner.head.seq] ?? refuse('head-unknown')
  demand(sameBytes(known, inner.head.hash), 'fork')
  const sender = household.devices.get(inner.by) ?? refuse('sender-unknown')
  demand(!sender.card && sender.since <= inner.head.seq, 'sender-unknown')
  const inTime = sender.until === undefined || inner.head.seq < sender.until
  demand(inTime && isWithin(inner, i, sender.last), 'sender-revoked')
  const { expires = Infinity } = household.principals.get(sender.person) ?? {}
  demand(inner.ts <= expires, 'sender-expired')
  return sender
}

/** Whether a message is not later than the last one that counts, and no other one in its place. */
function isWithin({ n }: Inner, i: Uint8Array, last: LastMessage | undefined): boolean {
  if (!last || n < last.n) return true
  return n === last.n && sameBytes(sha256(i), last.hash)
}

function demandSigned(
  household: Household,
  inner: Inner,
  { i, s }: Original,
  sender: Device,
): void {
  demand(mayAddress(household, sender, pidsOf(inner.to), inner), 'role-forbidden')
  demandChildren(household, inner)
  const recipients = inner.to.map(({ pid, epoch }) => {
    const principal = household.principals.get(pid) ?? refuse('addressee-unknown')
    demand(wasThere(principal, inner.head.seq), 'addressee-unknown')
    const current = epochAt(principal, inner.head.seq) ?? refuse('addressee-unknown')
    demand(current.epoch === epoch, 'epoch-stale')
    return current.rec
  })
  demand(verifySignature(s, signedMessageBytes(i, recipients), sender.sig), 'signature-invalid')
  if (inner.kind === 'forward') demandEmbeds(household, inner.body)
}

/** A voice by or for a child counts only while a guardian's consent for that child stood. */
function demandChildren(household: Household, { kind, body, head }: Inner): void {
  if (kind !== 'voice') return
  const named = [body.author, ...body.for].filter(childId.is)
  const stood = named.every((id) => {
    const child = household.children.get(id)
    return child !== undefined && wasThere(child, head.seq)
  })
  demand(stood, 'child-unknown')
}

function demandEmbeds(
  household: Household,
  { of, original }: { of: MessageId; original: Original },
): void {
  const embedded = readInner(original.i)
  demand(embedded.mid === of && embedded.kind === 'voice', 'original-differs')
  verifyOriginal(household, original)
}

/**
 * Kinds a relative may send: a voice, a receipt that they heard it, a wish to forget their own, their
 * own picture, and what they note, save and bring along for themself.
 */
const RELATIVE_KINDS: readonly Kind[] = [
  'voice',
  'receipt',
  'erase',
  'portrait',
  'hide',
  'forward',
  'keepsake',
]
/** What a relative has for themself alone. */
const OWN_KINDS: readonly Kind[] = ['forward', 'keepsake']
const TOY_KINDS: readonly Kind[] = ['voice', 'receipt']
const BOX_KINDS: readonly Kind[] = ['voice']

/** What guardians say among themselves, and what they bring along for the household. */
const GUARDIAN_KINDS: readonly Kind[] = ['purpose', 'consent', 'keepsake']

/**
 * Whether the sender's role allows these addressees and this kind: guardians may everything, but
 * tell only the household what they ask each other; relatives and toys only the household and
 * themselves, a drop-box only the household. A note to oneself is for oneself, and what is saved is
 * for oneself or, by a guardian, for the household.
 */
export function mayAddress(
  household: Household,
  sender: Device,
  to: readonly PrincipalId[],
  message?: Inner,
): boolean {
  const role = household.principals.get(sender.person)?.role
  const isOwn = to.every((pid) => pid === sender.person)
  const isClose = to.every((pid) => pid === sender.person || pid === household.principal)
  if (message?.kind === 'hide' && !isOwn) return false
  if (role === 'guardian') {
    const isKept = message?.kind === 'forward' && message.body.why === 'keep'
    if (isKept) return isClose
    const isAmongGuardians = message !== undefined && GUARDIAN_KINDS.includes(message.kind)
    return !isAmongGuardians || to.every((pid) => pid === household.principal)
  }
  if (!message) return isClose
  if (OWN_KINDS.includes(message.kind) && !isOwn) return false
  return isClose && maySay(role, message, sender.person)
}

/** Only guardians decide (approve, reject, pass on); only a toy speaks for the child besides them. */
function maySay(role: string | undefined, message: Inner, person: PrincipalId): boolean {
  const toy = role === 'toy'
  const kinds = role === 'box' ? BOX_KINDS : RELATIVE_KINDS
  if (!(toy ? TOY_KINDS : kinds).includes(message.kind)) return false
  switch (message.kind) {
    case 'voice':
      return toy || message.body.author === 'sender'
    case 'portrait':
      return message.body.of === person
    case 'forward':
      return message.body.why === 'keep'
    case 'receipt':
      return message.body.event === 'played' || (toy && message.body.event === 'in-the-bear')
    default:
      return true
  }
}
