import { findByCard } from '../../src/protocol/api/households.ts'
import { says, type Lie } from '../evil-server/proxy.ts'
import { foundFamily } from '../harness/family.ts'
import type { Attack } from './attack.ts'
import { firstSight, link, showsLog, together } from './staging.ts'

const alone = { class: 'R', by: 'server' } as const
const member = { class: 'R', by: 'server and member' } as const
const thief = { class: 'R', by: 'server and thief' } as const

/** R: the ways back into a family. */
export const RECOVERY_ATTACKS: readonly Attack[] = [
  firstSight(member, 'card-signature-invalid', "a household founded with somebody else's card"),
  link(thief, 'signer-revoked', 'a phone enrolled by a card that was replaced'),
  link(member, 'wraps-foreign', 'a new card whose epochs the old one gets as well'),
  link(member, 'wraps-incomplete', 'a rotation of the household that leaves the card out'),
  link(member, 'grant-missing', "a new device that would not get its person's current secret"),
  firstSight(member, 'last-guardian', 'the only guardian who leaves'),
  firstSight(member, 'epoch-closed', 'a closed epoch given to a new phone'),
  {
    ...alone,
    what: "a recovery card that is shown somebody else's household",
    refused: 'tampered/other-household',
    stage: async ({ code }) => {
      const { family } = await foundFamily()
      const finds: Lie = async (asked, forward) =>
        asked.route === findByCard.id ? says({ household: family.household.id }) : forward()
      return { lie: together(finds, showsLog(family.links)), act: { does: 'recover', code } }
    },
  },
]
