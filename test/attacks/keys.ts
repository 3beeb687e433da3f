import { proposeRotate } from '../../src/keys/links.ts'
import { append, standing } from '../harness/family.ts'
import { says } from '../evil-server/proxy.ts'
import type { Attack } from './attack.ts'
import { firstSight, handsWraps, link, message, showsLog, together, wrapsFor } from './staging.ts'
import { rotatedFalsely } from './wraps.ts'

const alone = { class: 'K', by: 'server' } as const
const member = { class: 'K', by: 'server and member' } as const

/** K: the server, or a member who helps it, chooses keys. */
export const KEY_ATTACKS: readonly Attack[] = [
  link(alone, 'signature-invalid', "a guardian's name under a relative's signature"),
  link(member, 'key-weak', 'a joiner whose signature key signs anything'),
  link(member, 'recipient-reused', "a joiner whose device has another's recipient"),
  link(
    member,
    'device-signature-invalid',
    'a joiner with the public keys of a device that is not theirs',
  ),
  link(member, 'rotation-missing', 'a new guardian without a rotation of the household'),
  link(member, 'rotation-unexpected', 'a new relative with a rotation of the household'),
  link(member, 'grant-unknown', 'a grant of the household to a new relative'),
  link(member, 'grant-repeated', 'a new guardian who is given the new epoch twice'),
  link(member, 'holders-too-many', 'a relative who enrols more devices than one removal can name'),
  firstSight(member, 'epoch-unknown', 'the newest epoch closed with the others'),
  firstSight(member, 'principal-known', 'a genesis link whose founder is the household'),
  message(
    alone,
    'signature-invalid',
    'one changed bit of what was signed, by a guardian who can read it',
  ),
  message(member, 'addressee-unknown', 'an addressee nobody knows'),
  {
    ...alone,
    what: "a new epoch's wrap exchanged for one that was made for another device",
    refused: 'tampered/wrap-unlogged',
    stage: async (world) => {
      const { family, mum } = world
      const of = family.household.principal
      append(family, await proposeRotate(standing(family, mum.device, Date.now()), of))
      const { wraps } = wrapsFor(family, mum.device.id)
      const hers = wraps.filter((one) => one.of === of)
      const plants = `${of} ${family.household.principals.get(of)?.epochs.length}`
      const lie = together(
        async (asked, forward) => (asked.route === 'readWraps' ? says({ wraps: hers }) : forward()),
        showsLog(family.links),
      )
      return { lie, honest: family.household, plants }
    },
  },
  {
    ...member,
    what: "a wrap that the log names, with another secret in it than the new epoch's",
    refused: 'tampered/wrap-wrong',
    stage: async (world) => {
      const { family, victim } = world
      const plants = await rotatedFalsely(world, victim.device)
      const lie = together(handsWraps(world), showsLog(family.links))
      return { lie, honest: family.household, plants }
    },
  },
]
