import type { Client } from '../../../client/client.ts'
import { readFamily } from '../../../client/family.ts'
import { holdersOf, type Household } from '../../../protocol/log/household.ts'
import type { PrincipalId } from '../../../protocol/ids.ts'
import { checkUp as words } from './check-up-texts.ts'
import type { Line } from './lines.ts'

/** What the family's log says about somebody and the ways to what was recorded. */
export type FamilyFacts = {
  readonly isGuardian: boolean
  readonly devices: number
  readonly hasCard: boolean
  /** Devices and cards of all guardians: each opens what was sent to the household. */
  readonly ways: number
}

/** What this device knows by itself: no server is asked, and none is believed. */
export async function familyLines(client: Client): Promise<readonly Line[]> {
  const { household, person } = await readFamily(client)
  return linesOf(familyFacts(household, person))
}

export function familyFacts(household: Household, person: PrincipalId): FamilyFacts {
  const mine = holdersOf(household, person)
  return {
    isGuardian: household.principals.get(person)?.role === 'guardian',
    devices: mine.filter(({ card }) => !card).length,
    hasCard: mine.some(({ card }) => card),
    ways: holdersOf(household, household.principal).length,
  }
}

/** The lines for facts, those to look at first. */
export function linesOf(facts: FamilyFacts): readonly Line[] {
  const lines = facts.isGuardian
    ? [wayLine(facts), cardLine(facts), deviceLine(facts)]
    : [deviceLine(facts)]
  return [...lines.filter(({ state }) => state === 'look'), ...lines.filter(isFine)]
}

function isFine({ state }: Line): boolean {
  return state === 'fine'
}

function wayLine({ ways }: FamilyFacts): Line {
  const { oneWay, moreWays } = words
  if (ways > 1) return { title: moreWays.title, state: 'fine', says: moreWays.says(ways) }
  const todo = { label: oneWay.todo, to: '/family/invite' }
  return { title: oneWay.title, state: 'look', says: oneWay.says, todo }
}

function cardLine({ hasCard }: FamilyFacts): Line {
  const { title, says, todo } = hasCard ? words.card : words.noCard
  const state = hasCard ? 'fine' : 'look'
  return { title, state, says, todo: { label: todo, to: '/settings' } }
}

function deviceLine({ devices, isGuardian }: FamilyFacts): Line {
  if (devices > 1) {
    return { title: words.devices.title(devices), state: 'fine', says: words.devices.says }
  }
  const { title, says } = isGuardian ? words.oneDevice : words.oneDeviceOfRelative
  return { title, state: 'fine', says }
}
