import { randomBytes } from '../../src/keys/device.ts'
import { toBase64url } from '../../src/protocol/bytes.ts'
import type { Arrived } from '../../src/keys/message.ts'
import { proposeRotate } from '../../src/keys/links.ts'
import { claimsConflicts, type Mailbox } from '../evil-server/lies.ts'
import { changed } from '../evil-server/proxy.ts'
import { append, standing } from '../harness/family.ts'
import { fromGrandma } from '../harness/illegal-messages.ts'
import { inviteArguments } from '../harness/illegal-links.ts'
import { forgeLink } from '../harness/forgery.ts'
import { post, type Lies } from '../harness/letters.ts'
import type { Attack, World } from './attack.ts'
import { asks, talksTwice } from './joiners.ts'
import {
  delivers,
  deliversEnvelope,
  firstSight,
  handsWraps,
  link,
  message,
  offers,
  showsLog,
  together,
} from './staging.ts'

const alone = { class: 'A', by: 'server' } as const
const member = { class: 'A', by: 'server and member' } as const

/** What the log, and the requests to join, say beside their signatures. */
const OF_THE_LOG: readonly Attack[] = [
  link(alone, 'link-malformed', 'a byte behind the link'),
  link(alone, 'household-differs', 'a link of another household'),
  link(alone, 'sequence-gap', 'the newest link a second time'),
  firstSight(member, 'predecessor-differs', 'a link that follows another head'),
  link(member, 'request-malformed', 'a request that is not one'),
  link(member, 'request-elsewhere', 'a request made for another household'),
  link(member, 'counters-incomplete', 'a removal without last counters'),
  link(member, 'consent-malformed', 'a byte behind the purpose'),
  link(member, 'consent-differs', 'a consent to other rules'),
  link(member, 'consent-expired', 'a consent that was to be used earlier'),
  link(member, 'consent-used', 'the same consent a second time'),
  link(member, 'shred-early', 'an epoch closed on the day it ended'),
  {
    ...member,
    what: 'a link that follows another head than the one that was verified',
    refused: 'tampered/fork',
    stage: async (world) => {
      const prev = randomBytes(32)
      const a = await inviteArguments()
      const { family, mum } = world
      return offers(world, await forgeLink(family, mum.device, { op: 'invite', a, prev }))
    },
  },
  {
    ...member,
    what: 'an invitation that is dated two days ahead',
    refused: 'tampered/time-ahead',
    stage: async (world) => {
      const ts = Date.now() + 2 * 86_400_000
      const a = await inviteArguments()
      return offers(world, await forgeLink(world.family, world.mum.device, { op: 'invite', a, ts }))
    },
  },
]

/** The aunt, who has said one thing before, says another. */
function fromAunt({ family, aunt }: World, lies?: Lies): Promise<Arrived> {
  return post(family, { by: aunt.device, to: [family.household.principal, aunt.person] }, lies)
}

/** What messages say beside what their signature covers, and when they come. */
const OF_MESSAGES: readonly Attack[] = [
  message(alone, 'too-large', 'a file beyond the largest'),
  message(alone, 'outer-mismatch', 'another file than the envelope says'),
  message(alone, 'undecryptable', 'one changed bit inside'),
  message(member, 'padding-invalid', 'padding that is not zeros'),
  message(member, 'household-differs', 'a message signed for another household'),
  message(alone, 'id-differs', 'an old message under a new id'),
  message(alone, 'sender-differs', "one sender's message under another's name"),
  message(alone, 'addressees-differ', 'an envelope with an addressee added'),
  message(member, 'head-unknown', 'a head that we have not seen'),
  message(alone, 'fork', 'a head that is another one here'),
  message(alone, 'not-addressed', "an envelope for somebody else in mum's mailbox"),
  message(member, 'original-differs', 'an approval that embeds another message than it names'),
  {
    ...alone,
    what: 'an envelope of another version',
    refused: 'message-refused/outer-malformed',
    stage: async (world) => {
      const { envelope } = await fromGrandma(world, { outer: { v: 2 } })
      return deliversEnvelope(world, envelope)
    },
  },
  {
    ...member,
    what: "another message with the counter of the sender's last one",
    refused: 'message-refused/counter-replayed',
    stage: async (world) => delivers(world, await fromAunt(world)),
  },
  {
    class: 'A',
    by: 'server and thief',
    what: "a copied phone: the next counter, and another message before it than the sender's last",
    refused: 'message-refused/chain-broken',
    stage: async (world) => {
      const inner = { n: 2, prev: randomBytes(32) }
      return delivers(world, await fromAunt(world, { inner }))
    },
  },
  {
    ...alone,
    what: 'an old message once more',
    refused: 'message-refused/message-replayed',
    stage: async (world) => deliversEnvelope(world, world.said),
  },
]

/** What only the server says: how long things are, and who was faster. */
const OF_THE_SERVER: readonly Attack[] = [
  {
    ...alone,
    what: 'a mailbox in which a number is left out',
    refused: 'tampered/withheld',
    stage: async ({ family, said }) => {
      const outer = toBase64url(said)
      return {
        lie: async (asked, forward) => {
          if (asked.route !== 'readMailbox') return forward()
          return changed<Mailbox>(await forward(), ({ latest }) => ({
            entries: [{ seq: latest + 2, outer }],
            latest: latest + 2,
          }))
        },
        honest: family.household,
      }
    },
  },
  {
    ...alone,
    what: 'a conflict that is none, to collect two links for one place',
    refused: 'tampered/false-conflict',
    stage: async (world) => {
      const { family, mum } = world
      // An epoch of last month is due: the victim makes the next one by itself.
      const old = standing(family, mum.device)
      append(family, await proposeRotate(old, family.household.principal))
      const lie = together(
        claimsConflicts(() => undefined),
        handsWraps(world),
        showsLog(family.links),
      )
      return { lie, honest: family.household }
    },
  },
  {
    ...alone,
    what: "a joiner's nonce that is not the one that was committed to",
    refused: 'tampered/commitment',
    stage: (world) => asks(world, 'commitment'),
  },
  {
    ...alone,
    what: "another name sealed to the guardians than the joiner's request holds",
    refused: 'tampered/hello',
    stage: (world) => asks(world, 'hello'),
  },
  {
    ...alone,
    what: 'a second nonce of the guardian, to try other digits',
    refused: 'tampered/nonce',
    stage: talksTwice,
  },
]

/** A: what is said beside the signatures: numbers, names, addressees, order, times. */
export const METADATA_ATTACKS: readonly Attack[] = [...OF_THE_LOG, ...OF_MESSAGES, ...OF_THE_SERVER]
