/**
 * The paw memory game: a row of paws is shown, the child repeats it, and it grows by one. Pure: paws
 * in, decisions out. Nothing is counted, and a wrong paw only shows the same row again.
 */
export type Game = {
  readonly row: readonly number[]
  /** How many of the row were pressed right so far. */
  readonly at: number
}

/** Told of a paw: part of the row, its end, the end of the longest row there is, or another paw. */
export type Told = 'right' | 'grown' | 'finished' | 'other'

/** Longer rows are for adults. */
export const LONGEST = 8

/** A row of one. `random` is below 1; `paws` is how many there are. */
export function begin(paws: number, random: () => number): Game {
  return { row: [anyOf(paws, random)], at: 0 }
}

/** What comes of pressing a paw. */
export function press(
  { row, at }: Game,
  paw: number,
  { paws, random }: { paws: number; random: () => number },
): { readonly game: Game; readonly told: Told } {
  if (paw !== row[at]) return { game: { row, at: 0 }, told: 'other' }
  if (at + 1 < row.length) return { game: { row, at: at + 1 }, told: 'right' }
  if (row.length === LONGEST) return { game: begin(paws, random), told: 'finished' }
  return { game: { row: [...row, nextAfter(row, paws, random)], at: 0 }, told: 'grown' }
}

/** Not the same paw three times in a row: that looks as if nothing happened. */
function nextAfter(row: readonly number[], paws: number, random: () => number): number {
  const next = anyOf(paws, random)
  const isThird = row.at(-1) === next && row.at(-2) === next
  return isThird ? (next + 1) % paws : next
}

function anyOf(paws: number, random: () => number): number {
  return Math.floor(random() * paws) % paws
}
