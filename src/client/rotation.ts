import { proposeRotate } from '../keys/links.ts'
import type { PrincipalId } from '../protocol/ids.ts'
import {
  activeDevice,
  heldBy,
  overdueRotations,
  type Household,
} from '../protocol/log/household.ts'
import { append } from './append.ts'
import type { Client } from './client.ts'
import { readFamily, type Family } from './family.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const MOST_DAYS = 30

/**
 * How long an epoch is the newest one, in milliseconds: 30 days, or as long as the household keeps
 * messages if that is less. So nothing is kept for longer than twice as long as it says.
 */
function epochMs({ policy: { retention } }: Household): number {
  return Math.min(retention || MOST_DAYS, MOST_DAYS) * DAY_MS
}

/**
 * Moves every principal of this device to its next epoch whose newest one is old enough, or was
 * chosen by somebody who does not hold it any more, such as a guardian who left.
 */
export async function rotateOverdue(client: Client): Promise<void> {
  for (const of of dueHere(client, await readFamily(client))) {
    // Another holder may be faster: then there is nothing left to do.
    await append(client, async (standing, family) =>
      dueHere(client, family).includes(of) ? proposeRotate(standing, of) : undefined,
    )
  }
}

function dueHere(client: Client, { household, device }: Family): readonly PrincipalId[] {
  const me = activeDevice(household, device.id)
  if (!me) return []
  const orphaned = overdueRotations(household)
  return heldBy(household, me).filter((of) => {
    const began = household.principals.get(of)?.epochs.at(-1)?.at ?? 0
    return orphaned.includes(of) || client.now() - began > epochMs(household)
  })
}
