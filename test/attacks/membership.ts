import { proposeNotice } from '../../src/keys/governing.ts'
import { proposeRemove } from '../../src/keys/links.ts'
import { NOTICE_MS } from '../../src/protocol/log/ending.ts'
import { append, standing } from '../harness/family.ts'
import type { Attack } from './attack.ts'
import { admitsNobody } from './joiners.ts'
import { firstSight, link, message, offers } from './staging.ts'

const alone = { class: 'M', by: 'server' } as const
const member = { class: 'M', by: 'server and member' } as const
const thief = { class: 'M', by: 'server and thief' } as const

/** M: the server, or a member who helps it, chooses who belongs to the family. */
export const MEMBERSHIP_ATTACKS: readonly Attack[] = [
  link(alone, 'signer-unknown', 'a link by a stranger'),
  firstSight(alone, 'genesis-expected', 'a log that starts with an invitation'),
  link(member, 'genesis-repeated', 'a second genesis link'),
  link(member, 'role-forbidden', 'a relative who invites'),
  link(member, 'device-known', "a joiner with a member's device"),
  link(member, 'device-unknown', 'the end of a device that never was'),
  link(member, 'principal-unknown', 'the removal of the household itself'),
  link(member, 'invite-known', 'an invitation with the id of another'),
  link(member, 'invite-unknown', 'a joiner with an invitation that never was'),
  link(member, 'invite-used', 'a second joiner with one invitation'),
  link(member, 'invite-cancelled', 'a joiner with a cancelled invitation'),
  link(member, 'invite-expired', 'a joiner after the seven days'),
  link(member, 'join-key-reused', 'a second invitation with the key of a used one'),
  link(member, 'join-signature-invalid', 'a joiner who knows the invitation but not its secret'),
  link(member, 'last-device', "the end of a relative's only device"),
  link(member, 'quorum-required', 'a guardian who removes another guardian alone'),
  link(member, 'consent-foreign', 'a relative who consents'),
  link(member, 'consent-invalid', 'one changed bit of a consent'),
  link(member, 'notice-needless', 'a notice for a relative, whom a guardian removes at once'),
  link(member, 'notice-known', 'a second notice, as if the first had not run'),
  link(member, 'notice-unknown', 'a notice taken back that nobody gave'),
  link(
    member,
    'notice-running',
    'a guardian removed a millisecond before 72 hours of notice have run',
  ),
  message(alone, 'sender-unknown', 'a message injected by somebody who knows the recipient string'),
  message(
    thief,
    'sender-revoked',
    'a revoked device that names an old head, past its last counter',
  ),
  message(thief, 'sender-expired', 'a drop-box after its last moment'),
  message(member, 'role-forbidden', 'a relative who writes to the toy'),
  {
    ...member,
    what: 'the victim removed on a notice that is dated three days back',
    refused: 'tampered/notice-early',
    stage: async (world) => {
      const { family, mum, dad } = world
      const early = standing(family, mum.device, Date.now() - NOTICE_MS - 1)
      append(family, await proposeNotice(early, dad.person))
      const late = standing(family, mum.device, Date.now())
      return offers(world, (await proposeRemove(late, dad.person, new Map())).link)
    },
  },
  {
    ...alone,
    what: 'a stolen invitation, and a server that says the thief was let in',
    refused: 'tampered/not-admitted',
    stage: admitsNobody,
  },
]
