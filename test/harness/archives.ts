import { encodeVoice } from '../../src/cli/client/opus.ts'
import { archiveTexts } from '../../src/client/archive/archive-texts.ts'
import type { ArchiveWords } from '../../src/client/archive/archive-words.ts'
import type { ArchivedVoice } from '../../src/client/archive/format.ts'
import { writePage } from '../../src/client/archive/write-page.ts'

const DAY = 86_400_000
/** When the newest voice was said. */
export const SAID = Date.UTC(2026, 10, 23, 7, 15)

/** A note of half a second: something to hear. */
export function tone(hertz: number, ms = 500): Uint8Array<ArrayBuffer> {
  const samples = Int16Array.from(
    { length: 16 * ms },
    (_, at) => 8000 * Math.sin((2 * Math.PI * hertz * at) / 16_000),
  )
  return encodeVoice(samples)
}

/** Voices as a family might have them, the newest first: one a day. */
export function someVoices(count: number): readonly ArchivedVoice[] {
  const people = [
    ['Grandma', 'Mia', false, 'played'],
    ['Mia', 'Grandma', true, 'delivered'],
    ['Zoë & <Opa>', 'Mia', false, 'approved'],
    ['', 'Mia', false, 'keepsake'],
  ] as const
  return Array.from({ length: count }, (_, at) => {
    const [from, to, child, state] = people[at % people.length] ?? people[0]
    const said = { from, to, child, state, at: SAID - at * DAY, durationMs: 500 }
    return { ...said, codec: 'opus/ogg', sound: tone(300 + at * 40) }
  })
}

/** The page of an archive of these voices. */
export async function pageOf(
  voices: readonly ArchivedVoice[],
  words: ArchiveWords = archiveTexts,
): Promise<Buffer> {
  async function* each(): AsyncGenerator<ArchivedVoice> {
    yield* voices
  }
  const about = { family: 'Mia', at: SAID, zone: 'Europe/Berlin' }
  const pieces: Uint8Array[] = []
  for await (const piece of writePage({ about, count: voices.length, voices: each }, words)) {
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
