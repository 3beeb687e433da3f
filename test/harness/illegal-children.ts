import type { Device } from '../../src/keys/device.ts'
import { proposeBox } from '../../src/keys/enrolling.ts'
import {
  newChildId,
  proposeChild,
  proposeGenesis,
  proposeWithdrawal,
} from '../../src/keys/links.ts'
import { newPrincipalId } from '../../src/keys/principal.ts'
import type { ChildId } from '../../src/protocol/ids.ts'
import { headOf, type Head } from '../../src/protocol/log/household.ts'
import { readLink } from '../../src/protocol/log/link.ts'
import { MOST_CHILDREN, type Arguments } from '../../src/protocol/log/ops.ts'
import type { Body } from '../../src/protocol/message/kinds.ts'
import { append, newDevice, NOW, standing } from './family.ts'
import { forgeLink, signLink } from './forgery.ts'
import type { Illegal, Whole } from './illegal-links.ts'
import type { IllegalMessage } from './illegal-messages.ts'
import { childOf, newMessageId, post, sign, THE_CHILD, voice } from './letters.ts'

/** Consents for one more child, honestly. */
export async function consentFor({ family, mum }: Whole, id = newChildId()): Promise<ChildId> {
  append(family, await proposeChild(standing(family, mum.device), id))
  return id
}

/** Withdraws the consent for a child, honestly. */
export async function withdrawFor({ family, mum }: Whole, child: ChildId): Promise<void> {
  append(family, await proposeWithdrawal(standing(family, mum.device), child))
}

/** A drop-box of the family's. */
async function boxOf({ family, mum }: Whole): Promise<Device> {
  const box = await newDevice()
  const opened = { id: newPrincipalId(), expires: NOW }
  append(family, await proposeBox(standing(family, mum.device), box, opened))
  return box
}

/** Whoever signs links and may not speak for a child. */
const OTHERS: Readonly<Record<string, (whole: Whole) => Promise<Device> | Device>> = {
  'a relative': ({ grandma }) => grandma.device,
  'a toy': ({ toy }) => toy.device,
  'a drop-box': boxOf,
  'a recovery card': ({ card }) => card,
}

const FORBIDDEN_CONSENTS = Object.entries(OTHERS).flatMap(([who, device]): Illegal[] => [
  {
    reason: 'role-forbidden',
    what: `${who} that consents for a child`,
    forge: async (whole) => {
      const a = { id: newChildId(), terms: 'PC1' }
      const by = await device(whole)
      return forgeLink(whole.family, by, { op: 'child', a })
    },
  },
  {
    reason: 'role-forbidden',
    what: `${who} that withdraws a consent`,
    forge: async (whole) => {
      const by = await device(whole)
      const a = { child: childOf(whole.family.household) }
      return forgeLink(whole.family, by, { op: 'withdraw', a })
    },
  },
])

async function consentBy({ family, mum }: Whole, id: ChildId): Promise<Uint8Array> {
  return (await proposeChild(standing(family, mum.device), id)).link
}

async function withdrawalBy({ family, mum }: Whole, id: ChildId): Promise<Uint8Array> {
  return (await proposeWithdrawal(standing(family, mum.device), id)).link
}

/** A genesis link whose consent is changed before it is signed. */
async function genesisFor(change: (child: object) => object): Promise<Uint8Array> {
  const [device, card] = await Promise.all([newDevice(), newDevice()])
  const { body } = readLink((await proposeGenesis(device, card, NOW)).link)
  const a = body.a as Arguments<'genesis'>
  return signLink(device, { ...body, a: { ...a, child: change(a.child) } })
}

/** Consents that nobody may give or take back. */
export const ILLEGAL_CHILDREN: readonly Illegal[] = [
  ...FORBIDDEN_CONSENTS,
  {
    reason: 'arguments-malformed',
    what: 'a consent to a statement that nobody wrote',
    forge: ({ family, mum }) =>
      forgeLink(family, mum.device, { op: 'child', a: { id: newChildId(), terms: 'PC2' } }),
  },
  {
    reason: 'arguments-malformed',
    what: 'a family founded on a statement that nobody wrote',
    first: true,
    forge: () => genesisFor((child) => ({ ...child, terms: 'PC0' })),
  },
  {
    reason: 'child-known',
    what: 'a second consent for the first child',
    forge: (whole) => consentBy(whole, childOf(whole.family.household)),
  },
  {
    reason: 'child-known',
    what: 'the id of a child whose consent was withdrawn, used again',
    forge: async (whole) => {
      const id = await consentFor(whole)
      await withdrawFor(whole, id)
      return consentBy(whole, id)
    },
  },
  {
    reason: 'child-unknown',
    what: 'a consent withdrawn that nobody gave',
    forge: (whole) => withdrawalBy(whole, newChildId()),
  },
  {
    reason: 'child-unknown',
    what: 'a consent withdrawn twice',
    forge: async (whole) => {
      const id = await consentFor(whole)
      await withdrawFor(whole, id)
      return withdrawalBy(whole, id)
    },
  },
  {
    reason: 'children-too-many',
    what: 'one child more than a household has room for, the withdrawn ones counted',
    forge: async (whole) => {
      await withdrawFor(whole, childOf(whole.family.household))
      for (let count = 1; count < MOST_CHILDREN; count += 1) await consentFor(whole)
      return consentBy(whole, newChildId())
    },
  },
]

/** How a voice names a child. */
const NAMINGS: Readonly<Record<string, (id: ChildId) => Partial<Body<'voice'>>>> = {
  'a voice for': (id) => ({ for: [id] }),
  'a voice for another child and': (id) => ({ for: [THE_CHILD, id] }),
  'a voice by': (id) => ({ author: id }),
}

/** When a child had no consent: the child, and the head that the voice names. */
const UNCONSENTED: Readonly<Record<string, (whole: Whole) => Promise<[ChildId, Head]>>> = {
  'that nobody consented for': async ({ family }) => [newChildId(), headOf(family.household)],
  'whose consent was withdrawn by the link it names': async (whole) => {
    const id = await consentFor(whole)
    await withdrawFor(whole, id)
    return [id, headOf(whole.family.household)]
  },
  'whose consent came a link after the one it names': async (whole) => {
    const head = headOf(whole.family.household)
    return [await consentFor(whole), head]
  },
}

/** Voices by and for children whose consent did not stand at the head that they name. */
export const VOICES_WITHOUT_CONSENT: readonly IllegalMessage[] = [
  ...Object.entries(UNCONSENTED).flatMap(([when, child]) =>
    Object.entries(NAMINGS).map(([how, named]): IllegalMessage => ({
      reason: 'child-unknown',
      what: `${how} a child ${when}`,
      forge: async (whole) => {
        const { family, mum } = whole
        const [id, head] = await child(whole)
        const letter = { by: mum.device, to: [family.household.principal] }
        return post(family, { ...letter, content: voice(named(id)) }, { inner: { head } })
      },
    })),
  ),
  {
    reason: 'child-unknown',
    what: 'an approval of a voice for a child that nobody consented for',
    forge: async ({ family, grandma, dad }) => {
      const to = [family.household.principal]
      const of = newMessageId()
      const content = voice({ for: [newChildId()] })
      const original = await sign(
        family,
        { by: grandma.device, to, content },
        { inner: { mid: of } },
      )
      const forward = { kind: 'forward', body: { of, why: 'approve', original } } as const
      return post(family, { by: dad.device, to, content: forward })
    },
  },
]
