import { demandSieges } from '../model/sieges.ts'

const STORIES = 200

/**
 * Households as a state machine, at release strength: 200 random stories (or as many as the third
 * argument says) of lagging, crashing clients and a server that delays, reorders, repeats, forks and
 * goes back, each step compared with the model.
 */
export async function prove(seed: number): Promise<Record<string, unknown>> {
  const stories = Number(process.argv[4] ?? STORIES)
  const plan = { stories, length: 60 }
  return { ...plan, counts: await demandSieges(plan, seed % 2 ** 31) }
}
