import { z } from 'zod'
import type { Proposal, Standing } from '../keys/links.ts'
import { appendLink } from '../protocol/api/households.ts'
import { toBase64url } from '../protocol/bytes.ts'
import { bytes } from '../protocol/cbor.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { Household } from '../protocol/log/household.ts'
import { applyLink } from '../protocol/log/verify.ts'
import type { Client } from './client.ts'
import type { Family } from './family.ts'
import { pullLog } from './pull-log.ts'
import { wrapWrites } from './heal/wraps.ts'

const PENDING = 'pending-link'
const pending = z.strictObject({
  /** The place in the log that the link was signed for. */
  seq: z.int().min(0),
  link: bytes(1, 1 << 20),
  wraps: z.array(bytes(1, 1 << 13)),
})
type Pending = z.infer<typeof pending>

const TRIES = 5

/**
 * Appends a link: `plan` makes it on top of the newest log and is asked again when somebody else
 * was faster. A device signs one link for a place and no second, or a server could collect two
 * valid ones and show them to different people: what was signed is kept before it is sent, and sent
 * again, the same bytes, until the place is taken.
 *
 * A plan that finds its purpose reached, by that earlier link perhaps, gives nothing.
 *
 * Throws `tampered` with `false-conflict` when the server says that somebody was faster and nobody
 * was.
 */
export async function append(
  client: Client,
  plan: (standing: Standing, family: Family) => Promise<Proposal | undefined>,
): Promise<Family> {
  for (let tries = 1; ; tries += 1) {
    const family = await finish(client, await pullLog(client))
    const { household, device } = family
    const proposal = await plan({ household, device, now: client.now() }, family)
    if (!proposal) return family
    demandAllowed(household, proposal.link)
    const seq = household.hashes.length
    const made = { seq, link: proposal.link, wraps: [...proposal.wraps] }
    await client.store.write([{ key: PENDING, value: made }])
    const outcome = await send(client, family, made)
    if (outcome.taken) return outcome.family
    if (tries === TRIES) throw new PawpostError('log-conflict')
  }
}

/** The cause of a refusal of what this device itself wanted: a wish, and nobody's attack. */
export const OWN_WISH = 'wanted by this device'

function demandAllowed(household: Household, link: Uint8Array): void {
  try {
    applyLink(household, link)
  } catch (error) {
    if (!(error instanceof PawpostError)) throw error
    throw new PawpostError(error.code, error.reason, { cause: OWN_WISH })
  }
}

/** Finishes what an earlier try began: its link may have arrived, or still be on its way. */
async function finish(client: Client, family: Family): Promise<Family> {
  const before = await client.store.get(PENDING, pending)
  if (!before) return family
  if (before.seq < family.household.hashes.length) {
    await settle(client, family, before)
    return family
  }
  return (await send(client, family, before)).family
}

/** Sends a signed link. `taken` is false when somebody else's link took the place. */
async function send(
  client: Client,
  { household, device }: Family,
  { seq, link, wraps }: Pending,
): Promise<{ taken: boolean; family: Family }> {
  const body = { link: toBase64url(link), wraps: wraps.map(toBase64url) }
  try {
    await client.api.call(appendLink, { params: { household: household.id }, body }, device)
  } catch (error) {
    if (!(error instanceof PawpostError)) throw error
    if (FINAL.includes(error.code)) await forget(client)
    if (error.code !== 'log-conflict') throw error
    const family = await pullLog(client)
    if (family.household.hashes.length <= seq) throw new PawpostError('tampered', 'false-conflict')
    await settle(client, family, { wraps })
    return { taken: false, family }
  }
  const family = await pullLog(client)
  await settle(client, family, { wraps })
  return { taken: true, family }
}

/** Where the log names the wraps, the link was ours: they are kept, to heal a server that lost them. */
async function settle(
  client: Client,
  { household }: Family,
  { wraps }: Pick<Pending, 'wraps'>,
): Promise<void> {
  await client.store.write([...wrapWrites(household, wraps), { key: PENDING, value: undefined }])
}

/** What the server will never take, such as an invitation that its clock calls too old. */
const FINAL: readonly string[] = ['log-refused', 'device-refused', 'bad-request', 'too-large']

async function forget(client: Client): Promise<void> {
  await client.store.write([{ key: PENDING, value: undefined }])
}
