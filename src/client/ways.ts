import { holdersOf, type Household } from '../protocol/log/household.ts'
import type { PrincipalId } from '../protocol/ids.ts'
import type { Client } from './client.ts'
import { readFamily } from './family.ts'

/**
 * The ways to what a family recorded, as the log says: no server is asked, and none is believed. A
 * passkey that keeps a recovery card is a way to that card, which is counted.
 */
export type WaysIn = {
  readonly isGuardian: boolean
  /** Of this person. */
  readonly devices: number
  readonly hasCard: boolean
  /** Devices and cards of all guardians: each opens what was sent to the household. */
  readonly ways: number
}

/** What this device knows by itself. */
export async function waysIn(client: Client): Promise<WaysIn> {
  const { household, person } = await readFamily(client)
  return waysOf(household, person)
}

export function waysOf(household: Household, person: PrincipalId): WaysIn {
  const mine = holdersOf(household, person)
  return {
    isGuardian: household.principals.get(person)?.role === 'guardian',
    devices: mine.filter(({ card }) => !card).length,
    hasCard: mine.some(({ card }) => card),
    ways: holdersOf(household, household.principal).length,
  }
}
