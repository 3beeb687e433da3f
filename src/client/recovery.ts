import { openCard } from '../keys/card.ts'
import type { Device } from '../keys/device.ts'
import { addSecret, EMPTY_KEYRING } from '../keys/keyring.ts'
import { proposeAddDevice } from '../keys/links.ts'
import { openWrap, type Secret } from '../keys/principal.ts'
import { appendLink, findByCard, readWraps } from '../protocol/api/households.ts'
import { fromBase64url, toBase64url } from '../protocol/bytes.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { HouseholdId } from '../protocol/ids.ts'
import { activeDevice, type Household } from '../protocol/log/household.ts'
import { verifyLog } from '../protocol/log/verify.ts'
import type { Client } from './client.ts'
import { demandNewcomer, familyWrites } from './family.ts'
import { fetchLog } from './fetch-log.ts'
import { wrapWrites } from './heal/wraps.ts'
import { nudge } from './nudge.ts'
import { pullLog } from './pull-log.ts'

/**
 * Enrols this device with the household's recovery card, as another device of the card's guardian.
 * Interrupted and repeated, it enrols the same device once. Throws `card-invalid` for a code with a
 * wrong letter, and `card-unknown` for one that opens nothing here, such as a replaced card's.
 */
export async function recover(client: Client, code: string): Promise<{ household: HouseholdId }> {
  return client.exclusively(async () => {
    await demandNewcomer(client)
    const card = await openCard(code)
    const { household: id } = await client.api
      .call(findByCard, { params: { card: card.id } })
      .catch(asCard)
    const links = await fetchLog(client, id, card)
    const household = verifyLog(links)
    const holder = household.id === id ? activeDevice(household, card.id) : undefined
    if (!holder) throw new PawpostError('tampered', 'other-household')
    const device = await client.keeper.device()
    const { wraps } = await client.api.call(readWraps, { params: { household: id } }, card)
    const secrets = await Promise.all(
      wraps.map((wrap) => openWrap(household, card, fromBase64url(wrap.wrap), wrap)),
    )
    const enrolment = { household, card, device, secrets }
    if (!activeDevice(household, device.id)) await enrol(client, enrolment)
    await client.store.write([
      // What the card opened, the phone need not open again.
      ...familyWrites(id, holder.person, { links, secrets }),
      // The card itself cannot give them back to a server that loses them.
      ...wrapWrites(
        household,
        wraps.map(({ wrap }) => fromBase64url(wrap)),
      ),
    ])
    await pullLog(client)
    client.changed('session')
    nudge(client)
    return { household: id }
  })
}

type Enrolment = {
  readonly household: Household
  readonly card: Device
  readonly device: Device
  readonly secrets: readonly Secret[]
}

async function enrol(
  client: Client,
  { household, card, device, secrets }: Enrolment,
): Promise<void> {
  const params = { household: household.id }
  const keyring = secrets.reduce(addSecret, EMPTY_KEYRING)
  const standing = { household, device: card, now: client.now() }
  const proposal = await proposeAddDevice(standing, keyring, device)
  const body = { link: toBase64url(proposal.link), wraps: proposal.wraps.map(toBase64url) }
  await client.api.call(appendLink, { params, body }, card)
}

/** Nobody can tell a card that was replaced from one that never was: neither opens anything. */
function asCard(error: unknown): never {
  const unknown = error instanceof PawpostError && error.code === 'not-found'
  throw unknown ? new PawpostError('card-unknown', undefined, { cause: error }) : error
}
