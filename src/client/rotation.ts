import { proposeRotate } from '../keys/links.ts'
import { PawpostError } from '../protocol/errors.ts'
import { heldBy, overdueRotations } from '../protocol/log/household.ts'
import type { Client } from './client.ts'
import { append, readFamily, type Family } from './family.ts'

/**
 * Moves every principal of this device to its next epoch whose newest secret was chosen by somebody
 * who does not hold it any more, such as a guardian who left.
 */
export async function rotateOverdue(client: Client): Promise<void> {
  for (const of of dueHere(await readFamily(client))) {
    try {
      await append(client, (standing) => proposeRotate(standing, of))
    } catch (error) {
      // Another holder was faster and it is done, or this device left: the next look will tell.
      if (!(error instanceof PawpostError) || error.code !== 'log-refused') throw error
    }
  }
}

function dueHere({ household, device }: Family): ReturnType<typeof overdueRotations> {
  const me = household.devices.get(device.id)
  if (!me || me.until !== undefined) return []
  const mine = heldBy(household, me)
  return overdueRotations(household).filter((of) => mine.includes(of))
}
