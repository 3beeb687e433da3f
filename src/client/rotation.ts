import { proposeRotate } from '../keys/links.ts'
import type { PrincipalId } from '../protocol/ids.ts'
import { activeDevice, heldBy, overdueRotations } from '../protocol/log/household.ts'
import { append } from './append.ts'
import type { Client } from './client.ts'
import { readFamily, type Family } from './family.ts'

/** How long an epoch is the newest one, in milliseconds: 30 days. */
const EPOCH_MS = 30 * 24 * 60 * 60 * 1000

/**
 * Moves every principal of this device to its next epoch whose newest one is older than 30 days, or
 * was chosen by somebody who does not hold it any more, such as a guardian who left.
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
    return orphaned.includes(of) || client.now() - began > EPOCH_MS
  })
}
