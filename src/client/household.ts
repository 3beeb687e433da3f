import { z } from 'zod'
import { newCard, openCard } from '../keys/card.ts'
import { proposeGenesis } from '../keys/links.ts'
import { createHousehold as createRoute } from '../protocol/api/households.ts'
import { toBase64url } from '../protocol/bytes.ts'
import { bytes } from '../protocol/cbor.ts'
import { PawpostError } from '../protocol/errors.ts'
import { childId, principalId, type HouseholdId } from '../protocol/ids.ts'
import { applyLink } from '../protocol/log/verify.ts'
import type { Client } from './client.ts'
import { demandNewcomer, familyWrites } from './family.ts'
import { wrapWrites } from './heal/wraps.ts'
import { flush } from './outbox.ts'
import { demandNames, publishProfile } from './people.ts'
import type { Write } from './store.ts'

const FOUNDING = 'founding'
const CARD = 'card'
const secret = z.strictObject({ of: principalId.schema, epoch: z.int(), secret: bytes(32) })
const founding = z.strictObject({
  link: bytes(1, 1 << 17),
  wraps: z.array(bytes(1, 1 << 13)),
  secrets: z.array(secret),
  person: principalId.schema,
  child: childId.schema,
  card: z.string(),
})
type Founding = z.infer<typeof founding>

/**
 * Starts a household with one guardian, this device, and a fresh recovery card. Killed at any step
 * and called again, it goes on with the same household and the same card.
 * Throws `household-exists` when the device belongs to one already, `device-ended` when it did, and
 * `bad-request` (`name`) for a name that is empty or longer than 80 letters.
 */
export async function createHousehold(
  client: Client,
  names: { child: string; name?: string },
): Promise<{ household: HouseholdId; recoveryCard: string }> {
  return client.exclusively(async () => {
    await demandNewcomer(client)
    demandNames(names.name === undefined ? [names.child] : [names.child, names.name])
    const plan = (await client.store.get(FOUNDING, founding)) ?? (await found(client))
    const { link, wraps, card } = plan
    const body = { link: toBase64url(link), wraps: wraps.map(toBase64url) }
    await client.api.call(createRoute, { body })
    const household = await settle(client, plan, names)
    await tellNames(client)
    client.changed('family')
    client.changed('session')
    return { household, recoveryCard: card }
  })
}

/** Makes this device the founder, its card and the names told: in one write, all or nothing. */
async function settle(
  client: Client,
  { link, wraps, secrets, person, child, card }: Founding,
  names: { child: string; name?: string },
): Promise<HouseholdId> {
  const household = applyLink(undefined, link)
  const profile = {
    children: [{ id: child, name: names.child }],
    people: names.name === undefined ? [] : [{ person, name: names.name }],
  }
  await publishProfile(client, household, profile, [
    ...familyWrites(household.id, person, { links: [link], secrets }),
    ...wrapWrites(household, wraps),
    cardWrite(card),
    { key: FOUNDING, value: undefined },
  ])
  return household.id
}

/**
 * What the card brings back is with the server before the card is shown, the names included: this
 * phone may be lost a moment later. Where the network is lost first, the outbox goes on by itself.
 */
async function tellNames(client: Client): Promise<void> {
  try {
    await flush(client)
  } catch (error) {
    if (!(error instanceof PawpostError)) throw error
  }
}

/** The store's entry for a card's code that is to be shown. */
export function cardWrite(code: string): Write {
  return { key: CARD, value: code }
}

/** The recovery card's code while nobody has said that it was put away. */
export async function recoveryCard(client: Client): Promise<string | undefined> {
  return client.store.get(CARD, z.string())
}

/** Forgets the card's code here: the person has printed or saved it. */
export async function putCardAway(client: Client): Promise<void> {
  await client.store.write([{ key: CARD, value: undefined }])
  client.changed('family')
}

async function found(client: Client): Promise<Founding> {
  const card = newCard()
  const genesis = await proposeGenesis(
    await client.keeper.device(),
    await openCard(card),
    client.now(),
  )
  const { link, person, child } = genesis
  const secrets = [...genesis.secrets]
  const plan = { link, wraps: [...genesis.wraps], secrets, person, child, card }
  await client.store.write([{ key: FOUNDING, value: plan }])
  return plan
}
