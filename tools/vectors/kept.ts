import type { Body, Content } from '../../src/protocol/message/kinds.ts'
import { NOW } from '../../test/harness/family.ts'
import { THE_CHILD, voice } from '../../test/harness/letters.ts'
import type { Story } from './cast.ts'
import type { Letter, Sent } from './messages.ts'

/** What somebody passes on, saves and takes back. */
export function passedOn({ whole }: Story): readonly Letter[] {
  const { mum, grandma } = whole
  const at = whole.family.household
  const us = at.principal
  const embeds =
    (why: Body<'forward'>['why'], name: string) =>
    (sent: Sent): Content => {
      const { mid: of, original } = sent(name)
      return { kind: 'forward', body: { of, why, original } }
    }
  return [
    {
      name: 'share',
      what: "a guardian passes the child's answer on to a relative",
      by: mum.device,
      at,
      to: [us, grandma.person],
      content: embeds('share', 'answer'),
    },
    {
      name: 'keep',
      what: 'a relative saves what she said',
      by: grandma.device,
      at,
      to: [grandma.person],
      content: embeds('keep', 'voice'),
    },
    {
      name: 'withdrawn',
      what: 'a guardian takes the approval back',
      by: mum.device,
      at,
      to: [us, grandma.person],
      content: (sent) => ({
        kind: 'receipt',
        body: { of: sent('voice').mid, event: 'withdrawn' },
      }),
    },
  ]
}

/** What somebody shows, hides and brings along. */
export function noted({ whole }: Story): readonly Letter[] {
  const { mum, grandma } = whole
  const at = whole.family.household
  const us = at.principal
  const image = new Uint8Array(20).fill(7)
  return [
    {
      name: 'portrait',
      what: 'a relative shows her picture',
      by: grandma.device,
      at,
      to: [us, grandma.person],
      content: () => ({ kind: 'portrait', body: { of: grandma.person, type: 'image/png', image } }),
    },
    {
      name: 'hide',
      what: 'a note to her own other devices',
      by: grandma.device,
      at,
      to: [grandma.person],
      content: (sent) => ({ kind: 'hide', body: { of: sent('answer').mid } }),
    },
    {
      name: 'keepsake',
      what: 'a voice out of an archive that a guardian brought along',
      by: mum.device,
      at,
      to: [us],
      content: keepsake,
    },
  ]
}

/** What answers another message, in parts, and what was said before a consent ended. */
export function answering({ whole, withUncle, people }: Story): readonly Letter[] {
  const { mum, grandma } = whole
  const at = whole.family.household
  const us = at.principal
  const { uncle = mum } = people
  return [
    {
      name: 'part',
      what: 'the second half of an answer of a guardian, to a child and a relative',
      by: mum.device,
      at,
      to: [us, grandma.person],
      content: (sent) =>
        voice({
          for: [THE_CHILD, grandma.person],
          re: sent('answer').mid,
          part: { set: new Uint8Array(16).fill(9), at: 1, of: 2 },
        }),
    },
    {
      name: 'before-the-end',
      what: 'a voice for a child whose consent was withdrawn by the next but one link',
      by: uncle.device,
      at: withUncle,
      to: [withUncle.principal],
      content: () => voice(),
    },
  ]
}

function keepsake(): Content {
  const said = { from: 'Änne', child: false, to: 'Zoë', at: NOW, durationMs: 900 }
  const sound = new Uint8Array(30).fill(8)
  return { kind: 'keepsake', body: { ...said, codec: 'opus/ogg', sound } }
}
