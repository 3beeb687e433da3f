import { guardianDigits, waitingRequests } from '../../src/client/requests.ts'
import type { Client } from '../../src/client/client.ts'
import { join, joining } from '../../src/client/joining.ts'
import { step } from '../../src/client/live.ts'
import { recover } from '../../src/client/recovery.ts'
import { PawpostError } from '../../src/protocol/errors.ts'
import { startClient } from '../harness/member.ts'
import type { Act, Attack, Staged } from './attack.ts'
import { beliefOf, namesOf, type Belief } from './belief.ts'
import { cloneOf, type Scene } from './scene.ts'

/** How an attack ended: what the victim believed before and after it. */
export type Outcome = {
  readonly staged: Staged
  readonly before: Belief
  readonly after: Belief
  /** Whether the screen named what was refused; without a screen there is nothing to ask. */
  readonly named?: boolean
}

/** Lets an attack loose on a victim; the way it is done is the runner's. */
export type Besiege = (scene: Scene, attack: Attack) => Promise<Outcome>

/** The client without a screen, in this process. */
export const inNode: Besiege = async (scene, { stage }) => {
  const staged = await stage(scene.world())
  const client = startClient(cloneOf(victimOf(scene, staged)))
  const before = await beliefOf(client)
  scene.server.lie(staged.lie)
  try {
    await perform(client, staged.act ?? { does: 'step' })
  } catch (error) {
    // That it is refused is the point; what it was refused with is read where the app shows it.
    if (!(error instanceof PawpostError)) throw error
  } finally {
    scene.server.behave()
  }
  return { staged, before, after: await beliefOf(client) }
}

export function victimOf({ guardian, newcomer }: Scene, { act }: Staged): Scene['guardian'] {
  return act?.does === 'join' || act?.does === 'recover' ? newcomer : guardian
}

async function perform(client: Client, act: Act): Promise<void> {
  if (act.does === 'join') {
    await join(client, { link: act.link, name: 'Aunt' })
    await joining(client)
    await joining(client)
  } else if (act.does === 'recover') {
    await recover(client, act.code)
  } else if (act.does === 'look') {
    const seen = await waitingRequests(client)
    const one = seen.find(({ request }) => request === act.request)
    if (one) await guardianDigits(client, one.request)
  } else {
    await step(client)
  }
}

/** What is wrong with an outcome; nothing when the attack was refused as it should be. */
export function complaintsOf(
  { refused }: Attack,
  { staged, before, after, named }: Outcome,
): string[] {
  const { honest, adds = [] } = staged
  const expected = {
    inside: before.inside,
    links: honest && before.links > 0 ? honest.hashes.length : before.links,
    members: honest && before.links > 0 ? namesOf(honest) : before.members,
    messages: before.messages.concat(adds).toSorted(),
    refused: before.refused.concat(refused === '' ? [] : refused).toSorted(),
  }
  const complaints = Object.entries(expected).flatMap(([what, wanted]) => {
    const found = JSON.stringify(after[what as keyof Belief])
    return found === JSON.stringify(wanted)
      ? []
      : [`${what}: ${found}, not ${JSON.stringify(wanted)}`]
  })
  const known = new Set([...before.keys, ...(honest ? keysIn(honest) : [])])
  known.delete(staged.plants ?? '')
  const planted = after.keys.filter((key) => !known.has(key))
  const silent = named === false ? ['the screen does not name it'] : []
  return [...complaints, ...planted.map((key) => `a planted key: ${key}`), ...silent]
}

function keysIn({ principals }: NonNullable<Staged['honest']>): string[] {
  return [...principals.values()].flatMap(({ id, epochs }) =>
    epochs.map(({ epoch }) => `${id} ${epoch}`),
  )
}
