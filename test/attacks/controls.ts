import { readOuter } from '../../src/protocol/message/outer.ts'
import { proposeRotate } from '../../src/keys/links.ts'
import { append, standing } from '../harness/family.ts'
import { fromGrandma } from '../harness/illegal-messages.ts'
import { inviteArguments } from '../harness/illegal-links.ts'
import { forgeLink } from '../harness/forgery.ts'
import type { Attack, World } from './attack.ts'
import { delivers, handsWraps, showsLog, together } from './staging.ts'

const none = { class: 'M', by: 'server', refused: '' } as const

async function invites({ family, mum }: World): Promise<void> {
  const a = await inviteArguments()
  const link = await forgeLink(family, mum.device, { op: 'invite', a })
  append(family, { link, wraps: [], secrets: [] })
}

/** The same ways into the app with nothing wrong in what comes: all of it is believed. */
export const HONEST: readonly Attack[] = [
  {
    ...none,
    what: 'an honest link',
    stage: async (world) => {
      await invites(world)
      return { lie: showsLog(world.family.links), honest: world.family.household }
    },
  },
  {
    ...none,
    what: 'an honest message, after an honest link',
    stage: async (world) => {
      await invites(world)
      const arrived = await fromGrandma(world)
      return { ...delivers(world, arrived), adds: readOuter(arrived.envelope).mid }
    },
  },
  {
    ...none,
    what: 'an honest epoch',
    stage: async (world) => {
      const { family, mum } = world
      const at = standing(family, mum.device, Date.now())
      append(family, await proposeRotate(at, family.household.principal))
      const lie = together(handsWraps(world), showsLog(family.links))
      return { lie, honest: family.household }
    },
  },
]
