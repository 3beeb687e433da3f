import { proposePolicy } from '../keys/governing.ts'
import { PawpostError } from '../protocol/errors.ts'
import { OPS, type Consents, type Policy } from '../protocol/log/ops.ts'
import { append } from './append.ts'
import type { Client } from './client.ts'
import { readFamily } from './family.ts'

const POLICY = OPS.policy.shape.policy

/** The household's rules. */
export async function readRules(client: Client): Promise<Policy> {
  return (await readFamily(client)).household.policy
}

/**
 * Sets for how many days messages are kept at least; 0 keeps them for ever. What is older is closed
 * for ever, on every device, from the next rotation on. With more guardians than one, more than half
 * of them have to agree: `consents` are theirs, to the household's rules with this retention.
 *
 * Throws `bad-request` (`retention`) for anything but 0 to 36,500 whole days, and `log-refused`
 * (`quorum-required`, `role-forbidden` …).
 */
export async function setRetention(
  client: Client,
  days: number,
  consents?: Consents,
): Promise<void> {
  if (!POLICY.shape.retention.safeParse(days).success) {
    throw new PawpostError('bad-request', 'retention')
  }
  await client.exclusively(() =>
    append(client, async (standing) => {
      const { policy } = standing.household
      const wanted = { ...policy, retention: days }
      return policy.retention === days ? undefined : proposePolicy(standing, wanted, consents)
    }),
  )
}
