import { sameBytes } from '../bytes.ts'
import { verifySignature } from '../ed25519.ts'
import type { DeviceId, MessageId, PrincipalId } from '../ids.ts'
import { epochAt, wasThere, type Device, type Household } from '../log/household.ts'
import { readInner, signedMessageBytes, type Inner } from './inner.ts'
import type { Kind, Original } from './kinds.ts'
import type { Outer } from './outer.ts'
import { demand, refuse } from './refusals.ts'

/** What a receiver knows of earlier messages, by sender and id. */
export type Received = {
  /** The counter of the newest message accepted from a device; 0 for none. */
  readonly lastCounter: (device: DeviceId) => number
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
  demand(sameAddressees(inner, outer), 'addressees-differ')
  const sender = senderOf(household, inner)
  demand(
    inner.to.some(({ pid }) => mine.includes(pid)),
    'not-addressed',
  )
  demandSigned(household, inner, opened, sender)
  demand(inner.n > received.lastCounter(inner.by), 'counter-replayed')
  demand(!received.has(inner.mid), 'message-replayed')
  return inner
}

/** An envelope with other mailboxes than the signed ones is a server that re-labels. */
function sameAddressees(inner: Inner, outer: Outer): boolean {
  return (
    inner.to.length === outer.to.length && inner.to.every(({ pid }, at) => pid === outer.to[at])
  )
}

/**
 * Verifies a message that another one embeds: everything that does not depend on who reads it.
 * Used for originals inside forwards, by clients and by whatever drives a toy.
 */
export function verifyOriginal(household: Household, original: Original): Inner {
  const inner = readInner(original.i)
  const sender = senderOf(household, inner)
  demandSigned(household, inner, original, sender)
  return inner
}

function senderOf(household: Household, inner: Inner): Device {
  demand(inner.hid === household.id, 'household-differs')
  const known = household.hashes[inner.head.seq] ?? refuse('head-unknown')
  demand(sameBytes(known, inner.head.hash), 'fork')
  const sender = household.devices.get(inner.by) ?? refuse('sender-unknown')
  demand(!sender.card && sender.since <= inner.head.seq, 'sender-unknown')
  const inTime = sender.until === undefined || inner.head.seq < sender.until
  demand(inTime && inner.n <= (sender.last ?? Infinity), 'sender-revoked')
  return sender
}

function demandSigned(
  household: Household,
  inner: Inner,
  { i, s }: Original,
  sender: Device,
): void {
  const to = inner.to.map(({ pid }) => pid)
  demand(mayAddress(household, sender, to, inner), 'role-forbidden')
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

function demandEmbeds(
  household: Household,
  { of, original }: { of: MessageId; original: Original },
): void {
  const embedded = readInner(original.i)
  demand(embedded.mid === of && embedded.kind === 'voice', 'original-differs')
  verifyOriginal(household, original)
}

/** Kinds a relative may send: a voice, a receipt that they heard it, a wish to forget their own. */
const RELATIVE_KINDS: readonly Kind[] = ['voice', 'receipt', 'erase']
const TOY_KINDS: readonly Kind[] = ['voice', 'receipt']

/**
 * Whether the sender's role allows these addressees and this kind: guardians may everything,
 * relatives and toys only the household and themselves.
 */
export function mayAddress(
  household: Household,
  sender: Device,
  to: readonly PrincipalId[],
  message?: Inner,
): boolean {
  const role = household.principals.get(sender.person)?.role
  if (role === 'guardian') return true
  if (message && !maySay(role, message)) return false
  return to.every((pid) => pid === household.principal || pid === sender.person)
}

/** Only guardians decide (approve, reject); only a toy speaks for the child besides them. */
function maySay(role: string | undefined, message: Inner): boolean {
  const toy = role === 'toy'
  if (!(toy ? TOY_KINDS : RELATIVE_KINDS).includes(message.kind)) return false
  if (message.kind === 'voice') return toy || message.body.author === 'sender'
  if (message.kind !== 'receipt') return true
  return message.body.event === 'played' || (toy && message.body.event === 'in-the-bear')
}
