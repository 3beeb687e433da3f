import { isVerified, type VerifiedApproval } from '../keys/approval.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { MessageId } from '../protocol/ids.ts'
import { encodeClip } from './g7221/clip.ts'

declare const approved: unique symbol

/**
 * Sound that a guardian has approved for the toy, ready for the radio. It cannot be built by hand:
 * `approveClip` is the only maker, and a look-alike is refused at run time, because the bytes are
 * kept here and not in the object. A driver transmits nothing else.
 */
export type ApprovedClip = {
  /** The message whose sound it is. */
  readonly message: MessageId
  /** Size of the encoded clip in bytes. */
  readonly size: number
  readonly [approved]: true
}

/** Turns the approved message's sound into samples: 16-bit integers, mono, 16,000 per second. */
export type DecodeVoice = (voice: VerifiedApproval['voice']) => Int16Array | Promise<Int16Array>

const encoded = new WeakMap<object, Uint8Array>()

/**
 * Makes the clip for an original toy out of what `verifyApproval` of the key plane handed out. The
 * sound comes from the approved message itself, so an approval cannot be paired with other sound.
 * Throws `not-approved`, `sound-empty`, and `sound-too-long` beyond 2,000 frames of 20 ms (the app
 * ends a recording for the toy at 39 s), and what `decode` throws.
 */
export async function approveClip(
  approval: VerifiedApproval,
  decode: DecodeVoice,
): Promise<ApprovedClip> {
  if (!isVerified(approval)) throw new PawpostError('not-approved', 'approval-unverified')
  const samples = await decode(approval.voice)
  if (samples.length === 0) throw new PawpostError('sound-empty')
  const bytes = encodeClip(samples)
  const clip = Object.freeze({ message: approval.message, size: bytes.length }) as ApprovedClip
  encoded.set(clip, bytes)
  return clip
}

/** Throws `not-approved` unless `clip` was made by `approveClip`. */
export function requireApproved(clip: ApprovedClip): void {
  if (!encoded.has(clip)) throw new PawpostError('not-approved', 'clip-unverified')
}

/** The encoded bytes of an approved clip, for the driver. Throws `not-approved` for anything else. */
export function clipBytes(clip: ApprovedClip): Uint8Array {
  const bytes = encoded.get(clip)
  if (bytes === undefined) throw new PawpostError('not-approved', 'clip-unverified')
  return bytes.slice()
}
