import { z } from 'zod'
import { newCard, openCard } from '../keys/card.ts'
import { proposeCard } from '../keys/enrolling.ts'
import { PawpostError } from '../protocol/errors.ts'
import { activeDevice, holdersOf, type Device, type Household } from '../protocol/log/household.ts'
import { append } from './append.ts'
import type { Client } from './client.ts'
import { myRole, readFamily } from './family.ts'
import { cardWrite } from './household.ts'

/** A code from before its card's link is sent until the log has it. */
const NEXT = 'next-card'

/** Whether this person has a recovery card; nothing for who is no guardian. */
export async function hasCard(client: Client): Promise<boolean | undefined> {
  if ((await myRole(client)) !== 'guardian') return undefined
  const { household, person } = await readFamily(client)
  return holdersOf(household, person).some(({ card }) => card)
}

/**
 * Makes a recovery card for this guardian; the one before, if any, is dead from then on. Killed at
 * any step and called again, it goes on with the same code. The code is shown like the first one's,
 * until somebody says that it was put away. Throws `device-refused` for who is no guardian.
 */
export async function replaceCard(client: Client): Promise<{ recoveryCard: string }> {
  return client.exclusively(async () => {
    if ((await myRole(client)) !== 'guardian') throw new PawpostError('device-refused')
    const code = await nextCode(client)
    const card = await openCard(code)
    await append(client, async (standing, { keyring }) =>
      activeDevice(standing.household, card.id) ? undefined : proposeCard(standing, keyring, card),
    )
    await settleCard(client)
    return { recoveryCard: code }
  })
}

/** The code that was begun with, unless its card came and went; a new one otherwise. */
async function nextCode(client: Client): Promise<string> {
  const begun = await client.store.get(NEXT, z.string())
  const { household } = await readFamily(client)
  if (begun !== undefined && (await cardOf(household, begun))?.until === undefined) return begun
  const code = newCard()
  await client.store.write([{ key: NEXT, value: code }])
  return code
}

/** Shows a card as soon as the log has it, also when the app was killed before it learned that. */
export async function settleCard(client: Client): Promise<void> {
  const code = await client.store.get(NEXT, z.string())
  if (code === undefined) return
  const { household } = await readFamily(client)
  const card = await cardOf(household, code)
  if (!card) return
  const isAlive = card.until === undefined
  await client.store.write([{ key: NEXT, value: undefined }, ...(isAlive ? [cardWrite(code)] : [])])
  client.changed('family')
}

async function cardOf(household: Household, code: string): Promise<Device | undefined> {
  return household.devices.get((await openCard(code)).id)
}
