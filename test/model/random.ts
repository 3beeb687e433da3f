import * as fc from 'fast-check'
import { playTwice, steps } from './history.ts'
import { demandMatrix, type Counts } from './matrix.ts'

/** What random histories came to: the sums of their matrices, and how often each move was taken. */
export type Sum = Counts & {
  readonly histories: number
  readonly moves: Readonly<Record<string, number>>
}

/** How many histories, how long, and after how many minutes no more is begun. */
export type Plan = {
  readonly histories: number
  readonly length: number
  readonly messages: number
  readonly minutes?: number
}

/**
 * Plays random histories of `length` steps with `messages` messages each, and demands of each that
 * everybody opens exactly what the design says. Throws with the first history that does not hold.
 */
export async function demandMatrices(plan: Plan, seed: number): Promise<Sum> {
  const counts: Counts[] = []
  const moves: Record<string, number> = {}
  await fc.assert(
    fc.asyncProperty(steps(plan.length), async (choices) => {
      const { world, taken } = await playTwice(choices, plan.messages)
      counts.push(await demandMatrix(world))
      for (const [name, times] of taken) moves[name] = (moves[name] ?? 0) + times
    }),
    {
      numRuns: plan.histories,
      seed,
      endOnFailure: true,
      interruptAfterTimeLimit: (plan.minutes ?? 24 * 60) * 60_000,
      markInterruptAsFailure: false,
    },
  )
  const sum = (what: keyof Counts): number => counts.reduce((all, one) => all + one[what], 0)
  return {
    histories: counts.length,
    readers: sum('readers'),
    messages: sum('messages'),
    cells: sum('cells'),
    opened: sum('opened'),
    decryptions: sum('decryptions'),
    moves,
  }
}
