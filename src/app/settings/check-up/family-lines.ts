import type { Client } from '../../../client/client.ts'
import { waysIn, type WaysIn } from '../../../client/ways.ts'
import { checkUp as words } from './check-up-texts.ts'
import type { Line } from './lines.ts'

/** What this device knows by itself: no server is asked, and none is believed. */
export async function familyLines(client: Client): Promise<readonly Line[]> {
  return linesOf(await waysIn(client))
}

/** The lines for facts, those to look at first. */
export function linesOf(facts: WaysIn): readonly Line[] {
  const lines = facts.isGuardian
    ? [wayLine(facts), cardLine(facts), deviceLine(facts)]
    : [deviceLine(facts)]
  return [...lines.filter(({ state }) => state === 'look'), ...lines.filter(isFine)]
}

function isFine({ state }: Line): boolean {
  return state === 'fine'
}

function wayLine({ ways }: WaysIn): Line {
  const { oneWay, moreWays } = words
  if (ways > 1) return { title: moreWays.title, state: 'fine', says: moreWays.says(ways) }
  const todo = { label: oneWay.todo, to: '/settings/add-phone' }
  return { title: oneWay.title, state: 'look', says: oneWay.says, todo }
}

function cardLine({ hasCard }: WaysIn): Line {
  const { title, says, todo } = hasCard ? words.card : words.noCard
  const state = hasCard ? 'fine' : 'look'
  return { title, state, says, todo: { label: todo, to: '/settings' } }
}

function deviceLine({ devices, isGuardian }: WaysIn): Line {
  if (devices > 1) {
    return { title: words.devices.title(devices), state: 'fine', says: words.devices.says }
  }
  const { title, says } = isGuardian ? words.oneDevice : words.oneDeviceOfRelative
  return { title, state: 'fine', says }
}
