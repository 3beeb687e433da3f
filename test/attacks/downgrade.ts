import { rollsBack } from '../evil-server/lies.ts'
import type { Attack } from './attack.ts'
import { firstSight, link, message } from './staging.ts'

const alone = { class: 'D', by: 'server' } as const
const member = { class: 'D', by: 'server and member' } as const

/** D: back to something older or weaker. */
export const DOWNGRADE_ATTACKS: readonly Attack[] = [
  link(member, 'op-unknown', 'an op nobody knows'),
  firstSight(member, 'arguments-malformed', 'a genesis link with an older suite'),
  link(member, 'suite-unknown', 'a suite from another day'),
  link(member, 'suite-downgrade', 'the suite that the household has'),
  link(member, 'rotation-epoch', 'the current epoch again'),
  message(
    alone,
    'recipient-type',
    'a classic recipient beside the hybrid one, which the library would let pass',
  ),
  message(member, 'inner-malformed', 'another version'),
  message(member, 'epoch-stale', 'an epoch that was replaced before'),
  {
    ...alone,
    what: 'the log as it was yesterday',
    refused: 'tampered/roll-back',
    stage: async ({ family }) => ({
      lie: rollsBack(family.links.length - 1),
      honest: family.household,
    }),
  },
]
