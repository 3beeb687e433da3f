import { randomBytes, type Device } from '../../src/keys/device.ts'
import type { Arrived } from '../../src/keys/message.ts'
import { toCbor } from '../../src/protocol/cbor.ts'
import type { PrincipalId } from '../../src/protocol/ids.ts'
import type { Content, Original } from '../../src/protocol/message/kinds.ts'
import { foundFamily, newDevice } from './family.ts'
import { flipped, lengthened } from './forgery.ts'
import type { Whole } from './illegal-links.ts'
import { fromGrandma, type IllegalMessage } from './illegal-messages.ts'
import {
  childOf,
  newMessageId,
  post,
  recipientOf,
  sign,
  THE_CHILD,
  voice,
  type Lies,
} from './letters.ts'

function malformed(what: string, inner: Lies['inner']): IllegalMessage {
  return {
    reason: 'inner-malformed',
    what,
    forge: (whole) => fromGrandma(whole, { inner: inner ?? {} }),
  }
}

/** A plaintext that says it holds these bytes. */
function packed(bytes: Uint8Array): Uint8Array {
  const plaintext = new Uint8Array(4096)
  new DataView(plaintext.buffer).setUint32(0, bytes.length)
  plaintext.set(bytes, 4)
  return plaintext
}

/** Signed bytes of no shape we know, and signatures that do not fit. */
export const ILLEGAL_BYTES: readonly IllegalMessage[] = [
  malformed('another version', { v: 2 }),
  malformed('a counter of 0', { n: 0 }),
  malformed('a time that is no whole number', { ts: 0.5 }),
  malformed('a time that no date can name', { ts: 8_640_000_000_000_001 }),
  malformed('an unknown kind', { kind: 'command' }),
  malformed('a body of another kind', { kind: 'erase' }),
  malformed('no addressee', { to: [] }),
  malformed('a field more', { admin: true } as Lies['inner']),
  {
    reason: 'inner-malformed',
    what: 'one addressee twice',
    forge: (whole) => {
      const to = [1, 2].map(() => ({ pid: whole.family.household.principal, epoch: 2 }))
      return fromGrandma(whole, { inner: { to } })
    },
  },
  {
    reason: 'inner-malformed',
    what: 'a plaintext that is no message',
    forge: (whole) => fromGrandma(whole, { plaintext: () => packed(randomBytes(50)) }),
  },
  {
    reason: 'inner-malformed',
    what: 'signed bytes with one more behind them',
    forge: (whole) => fromGrandma(whole, { original: ({ i, s }) => ({ i: lengthened(i), s }) }),
  },
  {
    reason: 'inner-malformed',
    what: 'a message without a signature',
    forge: (whole) => {
      const unsigned = packed(toCbor({ i: new Uint8Array(9) }))
      return fromGrandma(whole, { plaintext: () => unsigned })
    },
  },
  {
    reason: 'inner-malformed',
    what: 'a voice in an unknown codec',
    forge: (whole) =>
      fromGrandma(whole, { inner: { body: { ...voice().body, codec: 'audio/flac' } } }),
  },
  {
    reason: 'signature-invalid',
    what: 'one changed bit of the signature',
    forge: (whole) => fromGrandma(whole, { original: ({ i, s }) => ({ i, s: flipped(s, 3) }) }),
  },
  {
    reason: 'signature-invalid',
    what: 'one changed bit of what was signed, by a guardian who can read it',
    forge: (whole) =>
      fromGrandma(whole, { original: ({ i, s }) => ({ i: flipped(i, i.length - 1), s }) }),
  },
  {
    reason: 'signature-invalid',
    what: "grandma's name under dad's signature",
    forge: (whole) => fromGrandma(whole, { signer: whole.dad.device }),
  },
  {
    reason: 'signature-invalid',
    what: 'a message to other people, re-addressed by somebody who received it',
    forge: async (whole) => {
      const { family, grandma } = whole
      return fromGrandma(whole, { signedTo: [recipientOf(family, grandma.person)] })
    },
  },
  {
    reason: 'signature-invalid',
    what: 'the same addressees, signed in another order',
    forge: (whole) => {
      const { family, grandma } = whole
      const to = [grandma.person, family.household.principal]
      return fromGrandma(whole, { signedTo: to.map((pid) => recipientOf(family, pid)) })
    },
  },
]

type Says = (whole: Whole) => Content | Promise<Content>

function forbidden(
  what: string,
  by: (whole: Whole) => Device,
  { to = () => [], says = () => voice() }: { to?: (whole: Whole) => PrincipalId[]; says?: Says },
): IllegalMessage {
  return {
    reason: 'role-forbidden',
    what,
    forge: async (whole) => {
      const { family } = whole
      const content = await says(whole)
      return post(family, {
        by: by(whole),
        to: [family.household.principal, ...to(whole)],
        content,
      })
    },
  }
}

const grandma = (whole: Whole): Device => whole.grandma.device
const toy = (whole: Whole): Device => whole.toy.device
const dad = (whole: Whole): Device => whole.dad.device

function receipt(event: 'approved' | 'rejected' | 'in-the-bear' | 'played'): Says {
  return () => ({ kind: 'receipt', body: { of: newMessageId(), event } })
}

/** Approves a voice of grandma's: the content of an honest forward, or one with another original. */
export async function approval(
  { family, grandma: { device } }: Whole,
  change: (honest: Original) => Original | Promise<Original> = (honest) => honest,
): Promise<Content> {
  const of = newMessageId()
  const to = [family.household.principal]
  const original = await sign(family, { by: device, to }, { inner: { mid: of } })
  return { kind: 'forward', body: { of, why: 'approve', original: await change(original) } }
}

const profile: Says = ({ family }) => ({
  kind: 'profile',
  body: { children: [{ id: childOf(family.household), name: 'Kim' }], people: [] },
})

const asks: Says = () => ({ kind: 'purpose', body: { purpose: randomBytes(90) } })
const agrees: Says = () => ({
  kind: 'consent',
  body: { purpose: randomBytes(32), s: randomBytes(64) },
})
const brings: Says = () => ({
  kind: 'keepsake',
  body: {
    from: 'Opa',
    child: false,
    to: '',
    at: 1,
    codec: 'opus/ogg',
    durationMs: 900,
    sound: randomBytes(40),
  },
})
const withGrandma = ({ grandma: g }: Whole): PrincipalId[] => [g.person]

/** Well signed, by somebody who may not say this, or not to them. */
export const FORBIDDEN_WORDS: readonly IllegalMessage[] = [
  forbidden('a relative who writes to the toy', grandma, { to: ({ toy: t }) => [t.person] }),
  forbidden('a relative who writes to a guardian alone', grandma, {
    to: ({ mum }) => [mum.person],
  }),
  forbidden('a relative who approves her own message', grandma, { says: (w) => approval(w) }),
  forbidden('a relative who says that it was approved', grandma, { says: receipt('approved') }),
  forbidden('a relative who says that it was rejected', grandma, { says: receipt('rejected') }),
  forbidden('a relative who says that it is in the bear', grandma, {
    says: receipt('in-the-bear'),
  }),
  forbidden('a relative who speaks for the child', grandma, {
    says: () => voice({ author: THE_CHILD }),
  }),
  forbidden('a relative who renames the family', grandma, { says: profile }),
  forbidden('a toy that writes to a relative', toy, { to: ({ grandma: g }) => [g.person] }),
  forbidden('a toy that approves', toy, { says: (w) => approval(w) }),
  forbidden('a toy that says that it was approved', toy, { says: receipt('approved') }),
  forbidden('a toy that renames the family', toy, { says: profile }),
  forbidden('a toy that asks to forget', toy, {
    says: () => ({ kind: 'erase', body: { of: newMessageId() } }),
  }),
  forbidden('a relative who asks guardians to agree', grandma, { says: asks }),
  forbidden('a relative who agrees', grandma, { says: agrees }),
  forbidden('a toy that asks guardians to agree', toy, { says: asks }),
  forbidden('a toy that agrees', toy, { says: agrees }),
  forbidden('a guardian who asks a relative too', dad, { says: asks, to: withGrandma }),
  forbidden('a relative who brings the household an archive', grandma, { says: brings }),
  forbidden('a toy that brings an archive', toy, { says: brings }),
  forbidden('a guardian who brings an archive to a relative too', dad, {
    says: brings,
    to: withGrandma,
  }),
  forbidden('a guardian who brings an archive to the toy too', dad, {
    says: brings,
    to: ({ toy: t }) => [t.person],
  }),
  forbidden('a guardian who tells a relative what they agree to', dad, {
    says: agrees,
    to: withGrandma,
  }),
]

/** A forward by dad, with a forged original in it. */
function forward(
  reason: IllegalMessage['reason'],
  what: string,
  content: (whole: Whole) => Promise<Content>,
): IllegalMessage {
  return {
    reason,
    what,
    forge: async (whole): Promise<Arrived> => {
      const { family, dad } = whole
      const to = [family.household.principal]
      return post(family, { by: dad.device, to, content: await content(whole) })
    },
  }
}

/** Approvals of what nobody said. */
export const FORGED_FORWARDS: readonly IllegalMessage[] = [
  forward(
    'original-differs',
    'an approval that embeds another message than it names',
    async (w) => {
      const { kind, body } = await approval(w)
      return { kind, body: { ...body, of: newMessageId() } } as Content
    },
  ),
  forward(
    'original-differs',
    'an approval of something that is no voice',
    ({ family, grandma: g }) =>
      embed(family.household.principal, (of, to) =>
        sign(
          family,
          { by: g.device, to, content: { kind: 'erase', body: { of } } },
          { inner: { mid: of } },
        ),
      ),
  ),
  forward('original-differs', 'an approval of a voice out of an archive', async (w) => {
    const { family, dad } = w
    const inside = await brings(w)
    return embed(family.household.principal, (of, to) =>
      sign(family, { by: dad.device, to, content: inside }, { inner: { mid: of } }),
    )
  }),
  forward('original-differs', 'an approval of an approval', async (w) => {
    const { family, dad } = w
    const inside = await approval(w)
    return embed(family.household.principal, (of, to) =>
      sign(family, { by: dad.device, to, content: inside }, { inner: { mid: of } }),
    )
  }),
  forward('signature-invalid', 'an approval of a voice that was changed', (w) =>
    approval(w, ({ i, s }) => ({ i: flipped(i, i.length - 1), s })),
  ),
  forward('signature-invalid', 'an approval of a voice with another signature', (w) =>
    approval(w, ({ i, s }) => ({ i, s: flipped(s, 0) })),
  ),
  forward('sender-unknown', 'an approval of a voice of nobody in the family', ({ family }) =>
    embed(family.household.principal, async (of, to) =>
      sign(family, { by: await newDevice(), to }, { inner: { mid: of } }),
    ),
  ),
  forward('household-differs', 'an approval of a voice of another family', ({ family }) =>
    embed(family.household.principal, async (of) => {
      const other = await foundFamily()
      const to = [other.family.household.principal]
      return sign(other.family, { by: other.guardian.device, to }, { inner: { mid: of } })
    }),
  ),
  forward('role-forbidden', 'an approval of what a relative wrote to the toy', (w) => {
    const { family, grandma: g, toy: t } = w
    return embed(t.person, (of, to) => sign(family, { by: g.device, to }, { inner: { mid: of } }))
  }),
  forward('fork', 'an approval of a voice said under another log', ({ family, grandma: g }) =>
    embed(family.household.principal, (of, to) => {
      const head = { seq: 1, hash: randomBytes(32) }
      return sign(family, { by: g.device, to }, { inner: { mid: of, head } })
    }),
  ),
  forward('inner-malformed', 'an approval of bytes', (w) =>
    approval(w, ({ s }) => ({ i: randomBytes(99), s })),
  ),
]

async function embed(
  pid: PrincipalId,
  make: (of: ReturnType<typeof newMessageId>, to: PrincipalId[]) => Promise<Original>,
): Promise<Content> {
  const of = newMessageId()
  return { kind: 'forward', body: { of, why: 'approve', original: await make(of, [pid]) } }
}
