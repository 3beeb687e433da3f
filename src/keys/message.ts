import { sha256 } from '@noble/hashes/sha2.js'
import { PawpostError } from '../protocol/errors.ts'
import type { MessageId, PrincipalId } from '../protocol/ids.ts'
import { epochAt, headOf, type Household } from '../protocol/log/household.ts'
import { pidsOf } from '../protocol/message/addressees.ts'
import {
  pad,
  readInner,
  signedMessageBytes,
  unpad,
  writeInner,
  type Inner,
} from '../protocol/message/inner.ts'
import type { Content, Original } from '../protocol/message/kinds.ts'
import {
  CIPHERTEXT_BYTES,
  demandDescribed,
  readOuter,
  writeFrame,
  writeOuter,
} from '../protocol/message/outer.ts'
import { refuse } from '../protocol/message/refusals.ts'
import { verifyMessage, type Received } from '../protocol/message/verify.ts'
import { countRecipients, decryptWith, encryptTo } from './age.ts'
import type { Device } from './device.ts'
import { identitiesFor, type Keyring } from './keyring.ts'

/** What a sender wants to say, and where its device stands. */
export type Draft = {
  readonly mid: MessageId
  readonly to: readonly PrincipalId[]
  readonly content: Content
  /** Milliseconds since 1970: when it was said. */
  readonly at: number
  /** This device's counter for the message: one more than the last. */
  readonly n: number
  /** Hash of this device's previous signed bytes; 32 zero bytes before the first. */
  readonly prev: Uint8Array
}

/** A message ready for the server, and the hash that the next one of this device names. */
export type Sealed = {
  readonly frame: Uint8Array<ArrayBuffer>
  readonly hash: Uint8Array
  readonly original: Original
}

/**
 * Signs a draft, then encrypts it to its addressees' current epochs.
 * Throws `message-refused` (`addressee-unknown`, `too-large`).
 */
export async function seal(household: Household, device: Device, draft: Draft): Promise<Sealed> {
  const head = headOf(household)
  const epochs = draft.to.map((pid) => ({ pid, ...currentEpoch(household, pid) }))
  const to = epochs.map(({ pid, epoch }) => ({ pid, epoch }))
  const i = writeInner({
    hid: household.id,
    mid: draft.mid,
    by: device.id,
    n: draft.n,
    prev: draft.prev,
    head,
    to,
    ts: draft.at,
    ...draft.content,
  })
  readInner(i)
  const recipients = epochs.map(({ rec }) => rec)
  const original = { i, s: await device.sign(signedMessageBytes(i, recipients)) }
  const padded = pad(original)
  const ciphertext = await encryptTo(recipients, padded)
  if (ciphertext.length > CIPHERTEXT_BYTES) return refuse('too-large')
  const fields = { mid: draft.mid, by: device.id, to, size: padded.length }
  const envelope = writeOuter({ hid: household.id, ...fields, expiry: 'kept' }, ciphertext)
  return { frame: writeFrame(envelope, ciphertext), hash: sha256(i), original }
}

function currentEpoch(household: Household, pid: PrincipalId): { epoch: number; rec: string } {
  const principal = household.principals.get(pid)
  const gone = !principal || principal.until !== undefined
  const epoch = gone ? undefined : epochAt(principal, headOf(household).seq)
  if (!epoch) return refuse('addressee-unknown')
  return { epoch: epoch.epoch, rec: epoch.rec }
}

/** A message as it came: the mailbox's envelope and the ciphertext. */
export type Arrived = { readonly envelope: Uint8Array; readonly ciphertext: Uint8Array }

/** An opened and verified message, with the signed bytes that others can verify again. */
export type Opened = {
  readonly inner: Inner
  readonly original: Original
  /** Of the signed bytes: what the sender's next message names. */
  readonly hash: Uint8Array
}

/**
 * Opens a message and verifies it, in the order of the design; each failure is a
 * PawpostError('message-refused', reason). The caller stores (mid, n) durably before it shows it.
 */
export async function open(
  household: Household,
  keyring: Keyring,
  arrived: Arrived,
  received: Received,
): Promise<Opened> {
  const outer = readOuter(arrived.envelope)
  demandDescribed(outer, arrived.ciphertext)
  const identities = identitiesFor(keyring, outer.to)
  if (identities.length === 0) throw new PawpostError('message-refused', 'not-addressed')
  if (countRecipients(arrived.ciphertext) !== outer.to.length) return refuse('outer-mismatch')
  const padded = await decryptWith(identities, arrived.ciphertext)
  if (padded.length !== outer.size) return refuse('outer-mismatch')
  const original = unpad(padded)
  const mine = pidsOf(outer.to).filter((pid) => keyring.has(pid))
  const inner = verifyMessage(household, original, { outer, mine, received })
  return { inner, original, hash: sha256(original.i) }
}

/** Reads a message this device verified before, from its own store. */
export function reopen(original: Original): Inner {
  return readInner(original.i)
}
