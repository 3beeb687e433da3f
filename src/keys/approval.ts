import { PawpostError } from '../protocol/errors.ts'
import { childId, type DeviceId, type MessageId } from '../protocol/ids.ts'
import { isTrusted, type Device, type Household } from '../protocol/log/household.ts'
import type { Inner } from '../protocol/message/inner.ts'
import type { Body, Original } from '../protocol/message/kinds.ts'
import { verifyOriginal } from '../protocol/message/verify.ts'

/**
 * What may go to the toy: a voice for a child that a guardian approved (a signed `forward` that
 * embeds it), or that somebody spoke whom the household's rules trust. Only {@link verifyApproval} makes one; drivers check {@link isVerified}.
 */
export type VerifiedApproval = {
  /** The id of the voice message. */
  readonly message: MessageId
  /** The device that approved it, or spoke it. */
  readonly by: DeviceId
  readonly voice: Body<'voice'>
}

const verified = new WeakSet<VerifiedApproval>()

/** Whether this very object came out of {@link verifyApproval}. */
export function isVerified(approval: VerifiedApproval): boolean {
  return verified.has(approval)
}

/**
 * Verifies an approval against the log: the signature of whoever approves, and inside it the
 * speaker's. `approval` is a guardian's forward, or a voice of a guardian or of somebody whom the
 * rules, as they are now, let speak without approval. The device must be enrolled now: whoever holds
 * the keys of a revoked one could still sign with an old counter. A consent must stand for one of the
 * children now. Throws `not-approved` or `message-refused` with the reason of the first failed check.
 */
export function verifyApproval(household: Household, approval: Original): VerifiedApproval {
  const signed = verifyOriginal(household, approval)
  const device = household.devices.get(signed.by)
  demand(device !== undefined && mayApprove(household, device, signed), 'not-by-a-guardian')
  demand(device.until === undefined, 'guardian-gone')
  const { mid: message, voice } = voiceOf(household, signed)
  const children = voice.for.filter(childId.is)
  demand(children.length > 0, 'not-for-the-child')
  const stands = children.some((id) => household.children.get(id)?.until === undefined)
  demand(stands, 'child-gone')
  const approved = Object.freeze({ message, by: signed.by, voice: unchangeable(voice) })
  verified.add(approved)
  return approved
}

function demand(holds: boolean, reason: string): asserts holds {
  if (!holds) throw new PawpostError('not-approved', reason)
}

/** Guardians approve; whom the rules trust approves by speaking. */
function mayApprove(household: Household, { person }: Device, { kind }: Inner): boolean {
  const isGuardian = household.principals.get(person)?.role === 'guardian'
  return isGuardian || (kind === 'voice' && isTrusted(household, person))
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
  if (signed.kind !== 'forward') return demandVoice(signed)
  demand(signed.body.why === 'approve', 'not-an-approval')
  return demandVoice(verifyOriginal(household, signed.body.original))
}

function demandVoice({ mid, kind, body }: Inner): { mid: MessageId; voice: Body<'voice'> } {
  if (kind !== 'voice') throw new PawpostError('not-approved', 'not-a-voice')
  return { mid, voice: body }
}
