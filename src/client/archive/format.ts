import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { KEEPSAKE_NAMES, keepsakeNames } from '../../protocol/message/names.ts'
import { ascii, concatBytes, toHex, uint64 } from '../../protocol/bytes.ts'

/** Bytes and milliseconds of one sound at most, as in the eight parts of a long recording. */
export const SOUND_BYTES = 8 * 256 * 1024
export const LONGEST_MS = 8 * 300_000
/** Letters of names in a row. */
export const LONGEST_NAMES = KEEPSAKE_NAMES

/** What an archive says of a voice. It is what the archive says: no log vouches for it. */
export const voiceNote = z.object({
  /** Who speaks; empty where nobody knows. */
  from: keepsakeNames,
  /** Whether it is a child's own voice. */
  child: z.boolean(),
  to: keepsakeNames,
  /** Milliseconds since 1970. */
  at: z.int().min(0).max(8_640_000_000_000_000),
  durationMs: z.int().min(1).max(LONGEST_MS),
  /** Where it stood when the archive was made. */
  state: z.string().max(32),
  codec: z.literal('opus/ogg'),
})
export type VoiceNote = z.infer<typeof voiceNote>

/** A voice with its sound: Ogg Opus, as it was recorded. */
export type ArchivedVoice = VoiceNote & { readonly sound: Uint8Array }

/** Whose archive it is. */
export type About = {
  /** The names of the children, as a family writes them; may be empty. */
  readonly family: string
  /** Milliseconds since 1970: when it was made. */
  readonly at: number
  /** IANA time zone in which times are written. */
  readonly zone: string
}

/** An archive that is about to be written: voices come one by one, the newest first. */
export type Archive = {
  readonly about: About
  readonly count: number
  readonly voices: () => AsyncIterable<ArchivedVoice>
}

/** What tells two voices apart, wherever they are read: what is said, when, and by whom. */
export function voiceId({ from, at, sound }: Pick<ArchivedVoice, 'from' | 'at' | 'sound'>): string {
  const who = sha256(new TextEncoder().encode(from))
  const parts = concatBytes(ascii('pawpost/keepsake/v1\0'), uint64(at), who, sha256(sound))
  return toHex(sha256(parts)).slice(0, 32)
}

/** `2026-11-23 0815` in the archive's time zone: it sorts, and every file system takes it. */
export function stampOf(at: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at)
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? ''
  const day = [part('year').padStart(4, '0'), part('month'), part('day')].join('-')
  return `${day} ${part('hour')}${part('minute')}`
}

/** The day alone: `2026-11-23`. */
export function dayStamp(at: number, zone: string): string {
  return stampOf(at, zone).slice(0, -5)
}
