import { readLog } from '../../protocol/api/households.ts'
import { fromBase64url } from '../../protocol/bytes.ts'
import { bytes } from '../../protocol/cbor.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { DeviceId, HouseholdId } from '../../protocol/ids.ts'
import { roleOf, type Household } from '../../protocol/log/household.ts'
import { applyLink } from '../../protocol/log/verify.ts'
import type { Client } from '../client.ts'
import { pad } from '../family.ts'
import { demandNotAhead } from '../watch.ts'

const LINKS = 'log/'
const link = bytes(1, 1 << 20)

/** Answers of the server, at most, that one look takes: a log of a million links is none. */
const MOST_PAGES = 10_000

/**
 * The household that a drop-box's link names, brought up to date and verified from its first link
 * on: whose hash is the household's id, which the link says. What was seen once is never believed
 * to be shorter. Throws `tampered` (`other-household`, `roll-back`, `fork`, `withheld`,
 * `box-unknown`, `time-ahead`), `log-refused`, `box-ended`.
 */
export async function pullBoxLog(client: Client, id: HouseholdId): Promise<Household> {
  const device = await client.keeper.device()
  const kept = (await client.store.list(LINKS, link)).map(({ value }) => value)
  let household = kept.reduce<Household | undefined>(applyLink, undefined)
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const from = household?.hashes.length ?? 0
    const input = { params: { household: id }, query: { from } }
    const { links, length } = await client.api.call(readLog, input, device)
    if (length < from) throw new PawpostError('tampered', 'roll-back')
    household = await keep(client, id, { before: household, links: links.map(fromBase64url) })
    if (household && household.hashes.length >= length) return demandBox(household, device.id)
    if (links.length === 0) break
  }
  throw new PawpostError('tampered', 'withheld')
}

/** Verifies links on top of what is known, then keeps them. */
async function keep(
  client: Client,
  id: HouseholdId,
  { before, links }: { before: Household | undefined; links: readonly Uint8Array[] },
): Promise<Household | undefined> {
  let household = before
  for (const one of links) {
    demandNotAhead(client, one)
    household = applied(household, one)
    if (household.id !== id) throw new PawpostError('tampered', 'other-household')
  }
  const first = before?.hashes.length ?? 0
  const writes = links.map((value, index) => ({ key: LINKS + pad(first + index), value }))
  await client.store.write(writes)
  return household
}

function applied(before: Household | undefined, one: Uint8Array): Household {
  try {
    return applyLink(before, one)
  } catch (error) {
    const isFork = error instanceof PawpostError && error.reason === 'predecessor-differs'
    throw isFork ? new PawpostError('tampered', 'fork', { cause: error }) : error
  }
}

/** A log without the box is none that its guardian made the link for. */
function demandBox(household: Household, id: DeviceId): Household {
  const device = household.devices.get(id)
  if (!device || roleOf(household, device) !== 'box') {
    throw new PawpostError('tampered', 'box-unknown')
  }
  return household
}
