import { PawpostError } from '../protocol/errors.ts'
import type { DeviceId, MessageId } from '../protocol/ids.ts'
import { roleOf, type Household } from '../protocol/log/household.ts'
import type { Inner } from '../protocol/message/inner.ts'
import type { Body, Original } from '../protocol/message/kinds.ts'
import { verifyOriginal } from '../protocol/message/verify.ts'

/**
 * What may go to the toy: a voice for the child that a guardian approved (a signed `forward` that
 * embeds it) or spoke. Only {@link verifyApproval} makes one; drivers check {@link isVerified}.
 */
export type VerifiedApproval = {
  /** The id of the voice message. */
  readonly message: MessageId
  /** The guardian's device that approved it. */
  readonly by: DeviceId
  readonly voice: Body<'voice'>
}

const verified = new WeakSet<VerifiedApproval>()

/** Whether this very object came out of {@link verifyApproval}. */
export function isVerified(approval: VerifiedApproval): boolean {
  return verified.has(approval)
}

/**
 * Verifies an approval against the log: the guardian's signature, and inside it the speaker's.
 * `approval` is a forward, or a voice that a guardian spoke for the child. The guardian's device
 * must be enrolled now: whoever holds the keys of a revoked one could still sign with an old counter.
 * Throws `not-approved` or `message-refused` with the reason of the first failed check.
 */
export function verifyApproval(household: Household, approval: Original): VerifiedApproval {
  const signed = verifyOriginal(household, approval)
  const device = household.devices.get(signed.by)
  if (!device || roleOf(household, device) !== 'guardian') {
    throw new PawpostError('not-approved', 'not-by-a-guardian')
  }
  if (device.until !== undefined) throw new PawpostError('not-approved', 'guardian-gone')
  const { mid: message, voice } = voiceOf(household, signed)
  if (voice.for !== 'child') throw new PawpostError('not-approved', 'not-for-the-child')
  const approved = Object.freeze({ message, by: signed.by, voice: unchangeable(voice) })
  verified.add(approved)
  return approved
}

/** A voice whose sound is copied in and out: what was verified is what will be played. */
function unchangeable({ sound, raw, ...rest }: Body<'voice'>): Body<'voice'> {
  const kept = sound.slice()
  return Object.freeze({
    ...rest,
    ...(raw && { raw: Object.freeze({ ...raw, bytes: raw.bytes.slice() }) }),
    get sound() {
      return kept.slice()
    },
  })
}

function voiceOf(household: Household, signed: Inner): { mid: MessageId; voice: Body<'voice'> } {
  const spoken =
    signed.kind === 'forward' ? verifyOriginal(household, signed.body.original) : signed
  if (spoken.kind !== 'voice') throw new PawpostError('not-approved', 'not-a-voice')
  return { mid: spoken.mid, voice: spoken.body }
}
