import * as fc from 'fast-check'
import { playTwice, steps } from './history.ts'
import { demandMatrix, type Counts } from './matrix.ts'

/** What random histories came to: the sums of their matrices, and how often each move was taken. */
export type Sum = Counts & { readonly moves: Readonly<Record<string, number>> }

/**
 * Plays random histories of `length` steps with `messages` messages each, and demands of each that
 * everybody opens exactly what the design says. Throws with the smallest history that does not hold.
 */
export async function demandMatrices(
  plan: { readonly histories: number; readonly length: number; readonly messages: number },
  seed: number,
): Promise<Sum> {
  const counts: Counts[] = []
  const moves: Record<string, number> = {}
  await fc.assert(
    fc.asyncProperty(steps(plan.length), async (choices) => {
      const { world, taken } = await playTwice(choices, plan.messages)
      counts.push(await demandMatrix(world))
      for (const [name, times] of taken) moves[name] = (moves[name] ?? 0) + times
    }),
    { numRuns: plan.histories, seed },
  )
  const sum = (what: keyof Counts): number => counts.reduce((all, one) => all + one[what], 0)
  return {
    readers: sum('readers'),
    messages: sum('messages'),
    cells: sum('cells'),
    opened: sum('opened'),
    decryptions: sum('decryptions'),
    moves,
  }
}
