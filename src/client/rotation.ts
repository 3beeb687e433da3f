import { proposeRotate } from '../keys/links.ts'
import { heldBy, overdueRotations } from '../protocol/log/household.ts'
import type { Client } from './client.ts'
import { append } from './append.ts'
import { readFamily, type Family } from './family.ts'

/**
 * Moves every principal of this device to its next epoch whose newest secret was chosen by somebody
 * who does not hold it any more, such as a guardian who left.
 */
export async function rotateOverdue(client: Client): Promise<void> {
  for (const of of dueHere(await readFamily(client))) {
    // Another holder may be faster: then there is nothing left to do.
    await append(client, async (standing, family) =>
      dueHere(family).includes(of) ? proposeRotate(standing, of) : undefined,
    )
  }
}

function dueHere({ household, device }: Family): ReturnType<typeof overdueRotations> {
  const me = household.devices.get(device.id)
  if (!me || me.until !== undefined) return []
  const mine = heldBy(household, me)
  return overdueRotations(household).filter((of) => mine.includes(of))
}
