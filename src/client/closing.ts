import { proposeShred } from '../keys/governing.ts'
import type { PrincipalId } from '../protocol/ids.ts'
import { activeDevice, heldBy, type Principal } from '../protocol/log/household.ts'
import { append } from './append.ts'
import type { Client } from './client.ts'
import { readFamily, type Family } from './family.ts'
import { keepSaved } from './retention.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Closes for ever what this device's principals need no more: epochs whose successor is older than
 * the household keeps messages. What was saved in them is saved anew before.
 */
export async function closeExpired(client: Client): Promise<void> {
  for (const { of, below } of expiredHere(client, await readFamily(client))) {
    if (!(await keepSaved(client, of, below))) continue
    await append(client, async (standing, family) => {
      // Another holder may have been faster.
      const expired = expiredHere(client, family).find((one) => one.of === of)
      return expired && proposeShred(standing, of, below)
    })
  }
}

function expiredHere(
  client: Client,
  { household, device }: Family,
): readonly { of: PrincipalId; below: number }[] {
  const me = activeDevice(household, device.id)
  const { retention } = household.policy
  if (!me || retention === 0) return []
  const until = client.now() - retention * DAY_MS
  return heldBy(household, me).flatMap((of) => {
    const principal = household.principals.get(of)
    if (!principal) return []
    const below = oldestKept(principal, until)
    return below > principal.open ? [{ of, below }] : []
  })
}

/**
 * The last epoch that began before a moment, with all before it: an epoch that is dated back behind
 * a newer one closes nothing.
 */
function oldestKept({ epochs }: Principal, until: number): number {
  const later = epochs.findIndex(({ at }) => at > until)
  return later < 0 ? epochs.length : later
}
