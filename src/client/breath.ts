import { toHex } from '../protocol/bytes.ts'
import type { Body } from '../protocol/message/kinds.ts'
import type { Entry, VoiceEntry } from './mailbag.ts'

// A long recording travels in parts, each a message of its own; people see one.

type Part = Body<'voice'>['part']

/** A voice, or a part of one. In the outbox all are by the same person. */
type Said = {
  readonly mid: string
  readonly person?: string
  readonly part?: Part | undefined
}

/**
 * What the parts of one recording have in common: who speaks, and a number of theirs. A whole
 * recording has its own id.
 */
export function breathOf({ mid, person = '', part }: Said): string {
  return part ? `${person}/${toHex(part.set)}` : mid
}

/** Groups parts by recording, in the order they were said; each group begins with its first part. */
export function breaths<T extends Said>(voices: readonly T[]): readonly (readonly [T, ...T[]])[] {
  const groups = [...Map.groupBy(voices, breathOf).values()]
  return groups.flatMap((group) => {
    const [first, ...rest] = group.toSorted((a, b) => placeOf(a) - placeOf(b))
    return first && placeOf(first) === 0 ? [[first, ...unbroken(rest)] as const] : []
  })
}

function placeOf({ part }: { part?: Part | undefined }): number {
  return part?.at ?? 0
}

/** Up to the first part that has not come yet. */
function unbroken<T extends { part?: Part | undefined }>(rest: readonly T[]): readonly T[] {
  const gap = rest.findIndex((one, index) => placeOf(one) !== index + 1)
  return gap < 0 ? rest : rest.slice(0, gap)
}

/** The recording that a message begins, as far as it came without a gap; nothing if it begins none. */
export function breathFrom(known: readonly Entry[], message: string): readonly VoiceEntry[] {
  const voices = known.filter((entry): entry is VoiceEntry => entry.kind === 'voice')
  const first = voices.find(({ mid }) => mid === message)
  if (!first) return []
  const same = voices.filter((voice) => breathOf(voice) === breathOf(first))
  return breaths(same).find(([{ mid }]) => mid === message) ?? []
}

/**
 * All that is here of the set that a message belongs to, whether or not it can be listened to: what
 * is forgotten, hidden or saved is so as a whole.
 */
export function partsOf(known: readonly Entry[], voice: VoiceEntry): readonly VoiceEntry[] {
  if (!voice.part) return [voice]
  const breath = breathOf(voice)
  return known
    .filter((entry): entry is VoiceEntry => entry.kind === 'voice')
    .filter((entry) => breathOf(entry) === breath)
    .toSorted((a, b) => placeOf(a) - placeOf(b))
}
