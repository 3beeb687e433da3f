import { children } from '../../client/children.ts'
import type { Client } from '../../client/client.ts'
import { useLive } from '../ui/use-live.ts'
import { sleepersAt, type Sleeper } from './sleeping.ts'

/** How often a screen looks at the clock. */
const LOOK_MS = 15_000

/** The children who sleep now. */
export function useSleepers(): readonly Sleeper[] {
  const load = async (client: Client): Promise<readonly Sleeper[]> =>
    sleepersAt(await children(client), Date.now())
  return useLive(load, ['family', 'messages'], LOOK_MS).data ?? []
}
