import { toBase64url } from '../../src/protocol/bytes.ts'
import { ILLEGAL_MESSAGES } from '../../test/harness/illegal.ts'
import type { PrincipalId } from '../../src/protocol/ids.ts'
import type { Household } from '../../src/protocol/log/household.ts'
import type { Body, Content, Original } from '../../src/protocol/message/kinds.ts'
import { MESSAGE_REFUSALS } from '../../src/protocol/message/refusals.ts'
import { copyOf } from '../../test/harness/family.ts'
import { newMessageId, sign, voice } from '../../test/harness/letters.ts'
import { approvalVerdict } from '../../test/harness/vectors/check-messages.ts'
import type {
  ApprovalVector,
  DamagedMessage,
  RefusedMessage,
} from '../../test/harness/vectors/shapes.ts'
import type { Story } from './cast.ts'
import { drawFrom } from './random.ts'

/** Damage that a server can do to a file: every part of it changed once, and cuts. */
export function damaged(files: ReadonlyMap<string, Uint8Array>): readonly DamagedMessage[] {
  const of = 'size-4.age'
  const file = files.get(of) ?? new Uint8Array()
  const header = Buffer.from(file).indexOf('\n--- ')
  const places: Readonly<Record<string, number>> = {
    'the version line': 3,
    'the type of the recipient': 26,
    'the encapsulated key': 900,
    'the sealed file key': header - 20,
    'the mark that ends the header': header + 1,
    'the authentication of the header': header + 10,
    'the nonce of the payload': header + 50,
    'the first byte of the payload': header + 65,
    'the last byte': file.length - 1,
  }
  const flips = Object.entries(places).map(([what, at]): DamagedMessage => ({
    of,
    what: `${what} changed`,
    change: { at, xor: 1 },
    reason: REASONS[what] ?? 'undecryptable',
  }))
  const cut = { of, reason: 'outer-mismatch' }
  return [
    ...flips,
    { ...cut, what: 'shorter than its bucket', change: { keep: 4000 } },
    { ...cut, what: 'the payload cut off', change: { keep: header } },
    {
      ...cut,
      what: 'the last byte cut',
      change: { keep: file.length - 1 },
      reason: 'undecryptable',
    },
  ]
}

const REASONS: Readonly<Record<string, string>> = {
  'the version line': 'recipient-type',
  'the type of the recipient': 'recipient-type',
  'the mark that ends the header': 'recipient-type',
}

/** A message for each reason, as mum's device meets it. */
export async function refusedMessages({ whole }: Story): Promise<readonly RefusedMessage[]> {
  const after = whole.family.links.length
  const refused: RefusedMessage[] = []
  for (const reason of Object.keys(MESSAGE_REFUSALS)) {
    const illegal = ILLEGAL_MESSAGES.find((each) => each.reason === reason)
    if (!illegal) throw new Error(`no illegal message for ${reason}`)
    drawFrom(`message/${reason}`)
    const mine = { ...whole, family: copyOf(whole.family) }
    const { envelope, ciphertext } = await illegal.forge(mine)
    const end = ciphertext.findLastIndex((byte) => byte !== 0) + 1
    const received = illegal.received ?? { last: () => undefined, has: () => false }
    const last = received.last(whole.mum.device.id)
    const id = newMessageId()
    refused.push({
      reason,
      what: illegal.what,
      after,
      more: mine.family.links.slice(after).map(toBase64url),
      envelope: toBase64url(envelope),
      ciphertext: toBase64url(ciphertext.subarray(0, end)),
      zeros: ciphertext.length - end,
      received: {
        last: last ? { n: last.n, hash: toBase64url(last.hash) } : null,
        has: received.has(id),
      },
    })
  }
  return refused
}

/** What may go to the toy, and what may not. */
export async function approvals(story: Story): Promise<readonly ApprovalVector[]> {
  drawFrom('approvals')
  const { whole, family, tablet, trusting, withUncle } = story
  const { mum, dad, grandma, toy } = whole
  const us = whole.family.household.principal
  const then = whole.family
  const by = (device: typeof tablet, to: readonly PrincipalId[], content: Content) =>
    sign(then, { by: device, to, content })
  const original = await by(grandma.device, [us], voice())
  const mid = newMessageId()
  const inner = { mid }
  const said = await sign(then, { by: grandma.device, to: [us] }, { inner })
  const forward: Content = { kind: 'forward', body: { of: mid, why: 'approve', original: said } }
  const because = (why: Body<'forward'>['why']): Content => ({
    kind: 'forward',
    body: { of: mid, why, original: said },
  })
  const receipt: Content = { kind: 'receipt', body: { of: mid, event: 'approved' } }
  const cases: Readonly<Record<string, Original>> = {
    "a guardian approved a relative's voice": await by(mum.device, [us, toy.person], forward),
    'a guardian spoke for the child': await by(mum.device, [us, toy.person], voice()),
    'a relative spoke, and nobody approved': original,
    'a guardian spoke to somebody else': await by(
      mum.device,
      [us],
      voice({ for: [grandma.person] }),
    ),
    'a guardian passed a voice on': await by(mum.device, [us], because('share')),
    'a guardian saved a voice': await by(mum.device, [us], because('keep')),
    'a guardian said no word': await by(mum.device, [us], receipt),
    'the approval of a guardian who has left': await by(dad.device, [us, toy.person], forward),
    'a changed approval': await changedApproval(await by(mum.device, [us, toy.person], forward)),
  }
  const told = Object.entries(cases).map(([what, one]) => judged(what, one, withUncle))
  const spoken = 'a guardian spoke for the child'
  const withdrawn = cases[spoken] ?? original
  return [
    ...told,
    judged('a relative spoke whom the rules trusted', original, trusting),
    judged(`${spoken}, whose consent was withdrawn since`, withdrawn, family.household),
  ]
}

/** What a toy makes of a message that knows the log so far. */
function judged(what: string, { i, s }: Original, household: Household): ApprovalVector {
  const verdict = approvalVerdict(household, { i, s })
  return { what, after: household.hashes.length, i: toBase64url(i), s: toBase64url(s), verdict }
}

async function changedApproval({ i, s }: Original): Promise<Original> {
  return { i, s: s.with(0, (s[0] ?? 0) ^ 1) }
}
