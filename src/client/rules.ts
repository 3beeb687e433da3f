import { proposePolicy } from '../keys/governing.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { PrincipalId } from '../protocol/ids.ts'
import { OPS, type Consents, type Policy } from '../protocol/log/ops.ts'
import { propose } from './agreeing.ts'
import { append } from './append.ts'
import type { Client } from './client.ts'
import { readFamily } from './family.ts'

const POLICY = OPS.policy.shape.policy

/** The household's rules. */
export async function readRules(client: Client): Promise<Policy> {
  return (await readFamily(client)).household.policy
}

/**
 * Changes the household's rules, as far as they are named. With more guardians than one, more than
 * half of them have to agree: the others are asked, and it is so as soon as enough of them said yes.
 * Gives whether it is so already. Throws `bad-request` (`policy`) for rules that cannot be, and
 * `device-refused` for who is no guardian.
 */
export async function changeRules(
  client: Client,
  change: Partial<Policy>,
): Promise<{ done: boolean }> {
  const before = await readRules(client)
  const policy = POLICY.safeParse({ ...before, ...change })
  if (!policy.success) throw new PawpostError('bad-request', 'policy')
  await propose(client, { op: 'policy', policy: policy.data })
  client.changed('family')
  client.changed('messages')
  const after = await readRules(client)
  return { done: JSON.stringify(after) === JSON.stringify(policy.data) }
}

/** Lets a member's messages go to the toy without approval, or no longer. As {@link changeRules}. */
export async function trust(
  client: Client,
  person: PrincipalId,
  isTrusted: boolean,
): Promise<{ done: boolean }> {
  const { trusted } = await readRules(client)
  const others = trusted.filter((one) => one !== person)
  return changeRules(client, { trusted: isTrusted ? [...others, person] : others })
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
