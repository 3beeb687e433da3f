/**
 * The lullabies, as notes. All three are in the public domain:
 * - Wiegenlied, op. 49 no. 4, by Johannes Brahms (1868; he died in 1897).
 * - "Ah ! vous dirai-je, maman", French, first printed in 1761: Twinkle, twinkle, little star.
 * - "Au clair de la lune", French, 18th century.
 * The sound is our own: `music-box.ts` makes it out of these notes, nobody's recording is in it.
 */
export type Tune = {
  readonly name: 'cradle' | 'star' | 'moon'
  /** Seconds that a beat lasts. */
  readonly beat: number
  readonly melody: string
  /** Low notes under it, softer. */
  readonly bass: string
}

/** Notes are written `C5:2`: the pitch (C4 is the middle C), and how many beats; `-` is a rest. */
export const TUNES: readonly Tune[] = [
  {
    name: 'cradle',
    beat: 0.78,
    melody: `E5:.5 E5:.5 G5:1.5 E5:.5 E5:1 G5:2 E5:.5 G5:.5 C6:1 B5:1.5 A5:.5 A5:1 G5:1
      D5:.5 E5:.5 F5:1 D5:1 D5:.5 E5:.5 F5:2 D5:.5 F5:.5 B5:.5 A5:.5 G5:1 B5:1 C6:2
      C5:.5 C5:.5 C6:2 A5:.5 F5:.5 G5:2 E5:.5 C5:.5 F5:1 G5:1 A5:1 G5:2
      C5:.5 C5:.5 C6:2 A5:.5 F5:.5 G5:2 E5:.5 C5:.5 F5:1 E5:1 D5:1 C5:2`,
    bass: `-:1 C4:3 C4:3 C4:3 C4:3 G3:3 G3:3 G3:3 C4:3 F3:3 C4:3 F3:3 C4:3 F3:3 C4:3 G3:3 C4:2`,
  },
  {
    name: 'star',
    beat: 0.72,
    melody: `C5:1 C5:1 G5:1 G5:1 A5:1 A5:1 G5:2 F5:1 F5:1 E5:1 E5:1 D5:1 D5:1 C5:2
      G5:1 G5:1 F5:1 F5:1 E5:1 E5:1 D5:2 G5:1 G5:1 F5:1 F5:1 E5:1 E5:1 D5:2
      C5:1 C5:1 G5:1 G5:1 A5:1 A5:1 G5:2 F5:1 F5:1 E5:1 E5:1 D5:1 D5:1 C5:2`,
    bass: `C4:2 C4:2 F3:2 C4:2 F3:2 C4:2 G3:2 C4:2 C4:2 F3:2 C4:2 G3:2 C4:2 F3:2 C4:2 G3:2
      C4:2 C4:2 F3:2 C4:2 F3:2 C4:2 G3:2 C4:2`,
  },
  {
    name: 'moon',
    beat: 0.6,
    melody: `C5:1 C5:1 C5:1 D5:1 E5:2 D5:2 C5:1 E5:1 D5:1 D5:1 C5:4
      C5:1 C5:1 C5:1 D5:1 E5:2 D5:2 C5:1 E5:1 D5:1 D5:1 C5:4
      D5:1 D5:1 D5:1 D5:1 A4:2 A4:2 D5:1 C5:1 B4:1 A4:1 G4:4
      C5:1 C5:1 C5:1 D5:1 E5:2 D5:2 C5:1 E5:1 D5:1 D5:1 C5:4`,
    bass: `C4:4 G3:4 C4:4 C4:4 C4:4 G3:4 C4:4 C4:4 G3:4 D4:4 D4:4 G3:4 C4:4 G3:4 C4:4 C4:4`,
  },
]

export type Note = {
  /** Cycles per second; none for a rest. */
  readonly hertz: number | undefined
  /** Beats from the beginning. */
  readonly at: number
  readonly beats: number
}

const STEPS: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 }
const A4 = 440

/** Reads a line of notes. */
export function notesOf(line: string): readonly Note[] {
  let at = 0
  return line
    .trim()
    .split(/\s+/)
    .map((word) => {
      const [pitch = '', beats = ''] = word.split(':')
      const note = { hertz: hertzOf(pitch), at, beats: Number(beats) }
      at += note.beats
      return note
    })
}

/** How long a tune lasts before it begins again, in seconds. */
export function secondsOf({ melody, beat }: Pick<Tune, 'melody' | 'beat'>): number {
  return notesOf(melody).reduce((sum, { beats }) => sum + beats, 0) * beat
}

function hertzOf(pitch: string): number | undefined {
  const step = STEPS[pitch[0] ?? '']
  if (step === undefined) return undefined
  const halfTones = step - 9 + 12 * (Number(pitch.slice(1)) - 4)
  return A4 * 2 ** (halfTones / 12)
}
