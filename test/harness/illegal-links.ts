import { randomBytes, type Device } from '../../src/keys/device.ts'
import { proposeGenesis, proposeRevokeDevice, publicKeys } from '../../src/keys/links.ts'
import { newEpoch } from '../../src/keys/principal.ts'
import { LINK_BYTES } from '../../src/protocol/api/households.ts'
import { toCbor } from '../../src/protocol/cbor.ts'
import { inviteId } from '../../src/protocol/ids.ts'
import type { Household } from '../../src/protocol/log/household.ts'
import { cardProofBytes } from '../../src/protocol/log/join.ts'
import { readLink } from '../../src/protocol/log/link.ts'
import type { Arguments, Rotation } from '../../src/protocol/log/ops.ts'
import type { LogRefusal } from '../../src/protocol/log/refusals.ts'
import {
  counted,
  addDevice,
  append,
  newDevice,
  NOW,
  standing,
  type Family,
  type wholeFamily,
} from './family.ts'
import { bodyOf, flipped, forgeLink, lengthened, signLink } from './forgery.ts'

/** A family to which one illegal link is offered. It may grow by honest links first. */
export type Whole = Awaited<ReturnType<typeof wholeFamily>>

/** A link that every verifier refuses, for exactly this reason. `first`: offered as a log's first. */
export type Illegal = {
  readonly reason: LogRefusal
  readonly what: string
  readonly first?: true
  readonly forge: (whole: Whole) => Promise<Uint8Array>
}

/** An invite that would be accepted: what most forgeries change. */
export async function inviteArguments(): Promise<object> {
  const { sig } = await newDevice()
  return { id: inviteId.from(randomBytes(16)), role: 'relative', join: sig, expires: NOW }
}

async function invitation(family: Family, by: Device, lies: object = {}): Promise<Uint8Array> {
  return forgeLink(family, by, { op: 'invite', a: await inviteArguments(), ...lies })
}

/** A genuine next epoch of a principal for its holders, or for whom `to` says. */
export async function rotationOf(
  { principals }: Household,
  of: Rotation['id'],
  to: readonly Device[],
): Promise<Rotation> {
  const epochs = principals.get(of)?.epochs.length ?? 0
  return (await newEpoch(of, epochs + 1, to)).part
}

async function genesis(lies: (body: object, card: Device) => object): Promise<Uint8Array> {
  const [device, card] = await Promise.all([newDevice(), newDevice()])
  const { link } = await proposeGenesis(device, card, NOW)
  return signLink(device, lies(readLink(link).body, card))
}

/** The shape, the chain, the signer: what is wrong with a link before its op is looked at. */
export const BROKEN_LINKS: readonly Illegal[] = [
  {
    reason: 'link-too-large',
    what: 'more bytes than a link may have',
    forge: ({ family, mum }) =>
      forgeLink(family, mum.device, { op: 'invite', a: new Uint8Array(LINK_BYTES) }),
  },
  {
    reason: 'link-malformed',
    what: 'a byte behind the link',
    forge: async ({ family, mum }) => lengthened(await invitation(family, mum.device)),
  },
  {
    reason: 'link-malformed',
    what: 'a link cut short',
    forge: async ({ family, mum }) => (await invitation(family, mum.device)).slice(0, -1),
  },
  {
    reason: 'link-malformed',
    what: 'a field more',
    forge: ({ family, mum }) => invitation(family, mum.device, { extra: 1 }),
  },
  {
    reason: 'link-malformed',
    what: 'another version',
    forge: ({ family, mum }) => invitation(family, mum.device, { v: 2 }),
  },
  {
    reason: 'link-malformed',
    what: 'a time that is no whole number',
    forge: ({ family, mum }) => invitation(family, mum.device, { ts: 1.5 }),
  },
  {
    reason: 'link-malformed',
    what: 'a signature of 63 bytes',
    forge: async ({ family, mum }) => {
      const b = toCbor(bodyOf(family, mum.device, 'invite', await inviteArguments()))
      return toCbor({ b, s: randomBytes(63) })
    },
  },
  {
    reason: 'op-unknown',
    what: 'an op nobody knows',
    forge: ({ family, mum }) => forgeLink(family, mum.device, { op: 'promote', a: {} }),
  },
  {
    reason: 'op-unknown',
    what: 'the name of something every object has',
    forge: ({ family, mum }) => forgeLink(family, mum.device, { op: 'toString', a: {} }),
  },
  {
    reason: 'genesis-expected',
    what: 'a log that starts with an invitation',
    first: true,
    forge: ({ family, mum }) => invitation(family, mum.device, { seq: 0 }),
  },
  {
    reason: 'genesis-expected',
    what: 'a genesis link with another number than 0',
    first: true,
    forge: () => genesis((body) => ({ ...body, seq: 1 })),
  },
  {
    reason: 'genesis-expected',
    what: 'a genesis link that names its own household',
    first: true,
    forge: ({ family }) => genesis((body) => ({ ...body, hid: family.household.id })),
  },
  {
    reason: 'genesis-repeated',
    what: 'a second genesis link',
    forge: async ({ family, mum, card }) => {
      const { link } = await proposeGenesis(mum.device, card, NOW)
      return forgeLink(family, mum.device, { op: 'genesis', a: readLink(link).body.a })
    },
  },
  {
    reason: 'household-differs',
    what: 'a link of another household',
    forge: async ({ family, mum }) => {
      const { link } = await proposeGenesis(mum.device, await newDevice(), NOW)
      const hid = `hh-${readLink(link).body.by.slice(4)}`
      return invitation(family, mum.device, { hid })
    },
  },
  {
    reason: 'household-differs',
    what: 'a link of no household',
    forge: ({ family, mum }) => invitation(family, mum.device, { hid: null }),
  },
  {
    reason: 'sequence-gap',
    what: 'a number left out',
    forge: ({ family, mum }) =>
      invitation(family, mum.device, { seq: family.household.hashes.length + 1 }),
  },
  {
    reason: 'sequence-gap',
    what: 'the newest link a second time',
    forge: async ({ family }) => family.links.at(-1) ?? new Uint8Array(),
  },
  {
    reason: 'predecessor-differs',
    what: 'a link that follows another head',
    forge: ({ family, mum }) => invitation(family, mum.device, { prev: randomBytes(32) }),
  },
  {
    reason: 'predecessor-differs',
    what: 'a genesis link with a predecessor',
    first: true,
    forge: () => genesis((body) => ({ ...body, prev: randomBytes(32) })),
  },
  {
    reason: 'signer-unknown',
    what: 'a link by a stranger',
    forge: async ({ family }) => invitation(family, await newDevice()),
  },
  {
    reason: 'signer-unknown',
    what: 'a genesis link in the name of its card',
    first: true,
    forge: () => genesis((body, card) => ({ ...body, by: card.id })),
  },
  {
    reason: 'signer-revoked',
    what: 'a link by a revoked device',
    forge: async ({ family, mum }) => {
      const phone = await addDevice(family, mum.device)
      append(family, await proposeRevokeDevice(standing(family, mum.device), phone.id, counted(0)))
      return invitation(family, phone)
    },
  },
  {
    reason: 'signature-invalid',
    what: 'one changed bit of a signature',
    forge: async ({ family, mum }) => {
      const link = await invitation(family, mum.device)
      return flipped(link, link.length - 1)
    },
  },
  {
    reason: 'signature-invalid',
    what: "a guardian's name under a relative's signature",
    forge: ({ family, mum, grandma }) => invitation(family, grandma.device, { by: mum.device.id }),
  },
  {
    reason: 'signature-invalid',
    what: 'a genesis link that its device did not sign',
    first: true,
    forge: async () => {
      const link = await genesis((body) => body)
      return flipped(link, link.length - 1)
    },
  },
  {
    reason: 'card-signature-invalid',
    what: "a household founded with somebody else's card",
    first: true,
    forge: async () => {
      const [device, card, other] = await Promise.all([newDevice(), newDevice(), newDevice()])
      const { body } = readLink((await proposeGenesis(device, card, NOW)).link)
      const a = { ...(body.a as object), card: { sig: other.sig, kem: other.kem } }
      return signLink(device, { ...body, a })
    },
  },
  {
    reason: 'card-signature-invalid',
    what: "a card's signature from another household",
    first: true,
    forge: async () => {
      const [device, card] = await Promise.all([newDevice(), newDevice()])
      const [one, two] = await Promise.all([
        proposeGenesis(device, card, NOW),
        proposeGenesis(device, card, NOW),
      ])
      const { cardProof } = readLink(one.link).body.a as { cardProof: Uint8Array }
      const { body } = readLink(two.link)
      return signLink(device, { ...body, a: { ...(body.a as object), cardProof } })
    },
  },
  {
    reason: 'arguments-malformed',
    what: 'an invitation without a role',
    forge: async ({ family, mum }) => {
      const a = { ...(await inviteArguments()), role: undefined }
      return forgeLink(family, mum.device, { op: 'invite', a: JSON.parse(JSON.stringify(a)) })
    },
  },
  {
    reason: 'arguments-malformed',
    what: 'an argument more',
    forge: async ({ family, mum }) => {
      const a = { ...(await inviteArguments()), admin: true }
      return forgeLink(family, mum.device, { op: 'invite', a })
    },
  },
  {
    reason: 'arguments-malformed',
    what: 'no arguments',
    forge: ({ family, mum }) => forgeLink(family, mum.device, { op: 'invite', a: null }),
  },
  {
    reason: 'principal-known',
    what: 'a genesis link whose founder is the household',
    first: true,
    forge: async () => {
      const [device, card] = await Promise.all([newDevice(), newDevice()])
      const { body } = readLink((await proposeGenesis(device, card, NOW)).link)
      const a = body.a as Arguments<'genesis'>
      const { id } = a.household
      const cardProof = await card.sign(cardProofBytes(publicKeys(device), id, id))
      const person = { ...a.person, id }
      return signLink(device, { ...body, a: { ...a, person, cardProof } })
    },
  },
  {
    reason: 'arguments-malformed',
    what: 'a genesis link with an older suite',
    first: true,
    forge: async () => {
      const [device, card] = await Promise.all([newDevice(), newDevice()])
      const { body } = readLink((await proposeGenesis(device, card, NOW)).link)
      return signLink(device, { ...body, a: { ...(body.a as object), suite: 'PP0' } })
    },
  },
  ...[
    { what: 'a classic recipient', wrong: () => `age1${'q'.repeat(58)}` },
    { what: 'a recipient in capitals', wrong: (rec: string) => rec.toUpperCase() },
    { what: 'a recipient with a wrong letter', wrong: (rec: string) => swapLetters(rec) },
  ].map(({ what, wrong }): Illegal => ({
    reason: 'arguments-malformed',
    what,
    forge: async ({ family, mum, card }) => {
      const { id } = family.household.principals.get(mum.person) ?? { id: mum.person }
      const rotation = await rotationOf(family.household, id, [mum.device, card])
      const a = { rotation: { ...rotation, rec: wrong(rotation.rec) } }
      return forgeLink(family, mum.device, { op: 'rotate', a })
    },
  })),
]

/** Two different letters of a recipient in each other's place. */
function swapLetters(rec: string): string {
  const at = Array.from(rec, (letter, index) => letter !== rec[index + 1]).indexOf(true, 20)
  return `${rec.slice(0, at)}${rec[at + 1]}${rec[at]}${rec.slice(at + 2)}`
}
