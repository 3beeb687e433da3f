import * as fc from 'fast-check'
import { COMMANDS, converge } from './commands.ts'
import { steps } from './history.ts'
import { admitSomebody } from './moves.ts'
import { beginSiege, count, demandSound, noteMoment } from './siege.ts'
import { pick } from './world.ts'

/**
 * Random households under siege: clients, toys and drop-boxes that lag, crash and repeat themselves,
 * and a server that delays, reorders, repeats, forks and goes back. After every command each client
 * stands where the model says, and each message is accepted by exactly whom the model says. Throws
 * with the first story that does not hold; gives how often everything happened.
 */
export async function demandSieges(
  plan: { readonly stories: number; readonly length: number },
  seed: number,
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {}
  await fc.assert(
    fc.asyncProperty(steps(plan.length), async (choices) => {
      const siege = await beginSiege()
      for (const about of [0, 1, 2]) {
        await admitSomebody(siege.world, { op: 0, by: 0, about })
        await noteMoment(siege)
      }
      for (const choice of choices) {
        const [name, command] = pick(COMMANDS, choice.op % 997) ?? ['']
        await command?.(siege, { ...choice, op: choice.op >> 4 })
        count(siege, name)
        for (const client of siege.clients.values()) demandSound(siege, client)
      }
      await converge(siege)
      for (const client of siege.clients.values()) demandSound(siege, client)
      for (const [name, times] of siege.counts) counts[name] = (counts[name] ?? 0) + times
    }),
    { numRuns: plan.stories, seed, endOnFailure: true },
  )
  return counts
}
