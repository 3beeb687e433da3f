import type { Device } from '../../src/keys/device.ts'
import { boxKeys, proposeBox, proposeCard } from '../../src/keys/enrolling.ts'
import { proposeNotice, proposePolicy, proposeShred } from '../../src/keys/governing.ts'
import { grantSecret, newPrincipalId } from '../../src/keys/principal.ts'
import { proposeAddDevice, proposeRemove, proposeRotate } from '../../src/keys/links.ts'
import { randomBytes } from '../../src/keys/device.ts'
import type { PrincipalId } from '../../src/protocol/ids.ts'
import { NOTICE_MS } from '../../src/protocol/log/ending.ts'
import type { Arguments } from '../../src/protocol/log/ops.ts'
import {
  admit,
  append,
  foundFamily,
  keyringOf,
  newDevice,
  NOW,
  standing,
  type Family,
  type Party,
} from './family.ts'
import { argumentsOf, flipped, forgeLink } from './forgery.ts'
import { rotationOf, type Illegal, type Whole } from './illegal-links.ts'

const DAY_MS = 24 * 60 * 60 * 1000

async function notice(
  { family }: Whole,
  by: Party,
  person: PrincipalId,
  stands = true,
): Promise<Uint8Array> {
  return (await proposeNotice(standing(family, by.device), person, stands)).link
}

async function announced(whole: Whole): Promise<void> {
  const { family, mum, dad } = whole
  append(family, await proposeNotice(standing(family, mum.device), dad.person))
}

/** Announcements of a guardian's removal, and what follows from them. */
export const ILLEGAL_NOTICES: readonly Illegal[] = [
  {
    reason: 'role-forbidden',
    what: 'a relative who announces the removal of a guardian',
    forge: (whole) => notice(whole, whole.grandma, whole.dad.person),
  },
  {
    reason: 'notice-needless',
    what: 'a notice for a relative, whom a guardian removes at once',
    forge: (whole) => notice(whole, whole.mum, whole.grandma.person),
  },
  {
    reason: 'notice-needless',
    what: 'a notice for oneself',
    forge: (whole) => notice(whole, whole.mum, whole.mum.person),
  },
  {
    reason: 'notice-known',
    what: 'a second notice, as if the first had not run',
    forge: async (whole) => {
      await announced(whole)
      return notice(whole, whole.mum, whole.dad.person)
    },
  },
  {
    reason: 'notice-unknown',
    what: 'a notice taken back that nobody gave',
    forge: (whole) => notice(whole, whole.mum, whole.dad.person, false),
  },
  {
    reason: 'notice-needless',
    what: 'a notice taken back by whom it concerns',
    forge: async (whole) => {
      await announced(whole)
      return notice(whole, whole.dad, whole.dad.person, false)
    },
  },
  {
    reason: 'role-forbidden',
    what: 'a notice taken back by a guardian who did not give it',
    forge: async (whole) => {
      await announced(whole)
      const aunt = await admit(whole.family, whole.mum, 'guardian')
      return notice(whole, aunt, whole.dad.person, false)
    },
  },
  {
    reason: 'notice-running',
    what: 'a guardian removed a millisecond before 72 hours of notice have run',
    forge: async (whole) => {
      await announced(whole)
      const { family, mum, dad } = whole
      const at = standing(family, mum.device, NOW + NOTICE_MS - 1)
      return (await proposeRemove(at, dad.person, new Map())).link
    },
  },
  {
    reason: 'role-forbidden',
    what: 'a relative who removes a guardian whose notice has run',
    forge: async (whole) => {
      await announced(whole)
      const { family, grandma, dad } = whole
      const at = standing(family, grandma.device, NOW + NOTICE_MS)
      return (await proposeRemove(at, dad.person, new Map())).link
    },
  },
  {
    reason: 'quorum-required',
    what: 'a guardian removed on the notice of one who left meanwhile',
    forge: async (whole) => {
      const { family, mum, dad } = whole
      const aunt = await admit(family, mum, 'guardian')
      append(family, await proposeNotice(standing(family, aunt.device), mum.person))
      append(family, await proposeRemove(standing(family, aunt.device), aunt.person, new Map()))
      const at = standing(family, dad.device, NOW + NOTICE_MS)
      return (await proposeRemove(at, mum.person, new Map())).link
    },
  },
]

/** A household of one guardian that keeps messages for a day and rotated once. */
async function keepingADay(whole: Whole): Promise<{ family: Family; guardian: Party }> {
  return keeping(whole, 1)
}

/** A household of one guardian that keeps messages for so many days, with an epoch to close. */
async function keeping(
  whole: Whole,
  retention: number,
): Promise<{ family: Family; guardian: Party }> {
  const { family, guardian } = await foundFamily()
  Object.assign(whole, { family })
  const at = standing(family, guardian.device)
  append(family, await proposePolicy(at, { approval: true, retention, trusted: [] }))
  const { principal } = family.household
  append(family, await proposeRotate(standing(family, guardian.device), principal))
  return { family, guardian }
}

async function shred(whole: Whole, below: number, now = NOW + DAY_MS): Promise<Uint8Array> {
  const { family, guardian } = await keepingADay(whole)
  const at = standing(family, guardian.device, now)
  return (await proposeShred(at, family.household.principal, below)).link
}

/** An honest op `card` of mum's, changed before she signs it. */
async function cardBut(
  { family, mum }: Whole,
  change: (a: Arguments<'card'>, card: Device) => object | Promise<object>,
): Promise<Uint8Array> {
  const card = await newDevice()
  const keyring = await keyringOf(family, mum.device)
  const { link } = await proposeCard(standing(family, mum.device), keyring, card)
  const a = await change(argumentsOf('card', link), card)
  return forgeLink(family, mum.device, { op: 'card', a })
}

async function box({ family }: Whole, by: Party, id = newPrincipalId()): Promise<Uint8Array> {
  const keys = await boxKeys(randomBytes(16))
  return (await proposeBox(standing(family, by.device), keys, { id, expires: NOW })).link
}

/** Cards, drop-boxes, rules, suites, and what is closed for ever. */
export const ILLEGAL_RULES: readonly Illegal[] = [
  {
    reason: 'role-forbidden',
    what: 'a relative who makes a recovery card',
    forge: async (whole) => {
      const { family, grandma } = whole
      const a = argumentsOf('card', await cardBut(whole, (honest) => honest))
      return forgeLink(family, grandma.device, { op: 'card', a })
    },
  },
  {
    reason: 'card-signature-invalid',
    what: 'a new card that did not sign the household it opens',
    forge: (whole) => cardBut(whole, (a) => ({ ...a, proof: flipped(a.proof, 3) })),
  },
  {
    reason: 'card-signature-invalid',
    what: "a new card that was made for another guardian's person",
    forge: async (whole) => {
      const a = argumentsOf('card', await cardBut(whole, (honest) => honest))
      return forgeLink(whole.family, whole.dad.device, { op: 'card', a })
    },
  },
  {
    reason: 'rotation-missing',
    what: 'a new card without new epochs: the old one would open what comes',
    forge: (whole) => cardBut(whole, (a) => ({ ...a, rotations: a.rotations.slice(1) })),
  },
  {
    reason: 'rotation-unexpected',
    what: 'a new card with an epoch of somebody else',
    forge: (whole) =>
      cardBut(whole, async (a) => {
        const { family, grandma } = whole
        const more = await rotationOf(family.household, grandma.person, [grandma.device])
        return { ...a, rotations: [...a.rotations, more] }
      }),
  },
  {
    reason: 'wraps-foreign',
    what: 'a new card whose epochs the old one gets as well',
    forge: (whole) =>
      cardBut(whole, async (a, card) => {
        const { family, mum, dad } = whole
        const holders = [mum.device, dad.device, card, whole.card]
        const of = family.household.principal
        const both = await rotationOf(family.household, of, holders)
        return { ...a, rotations: a.rotations.map((one) => (one.id === of ? both : one)) }
      }),
  },
  {
    reason: 'signer-revoked',
    what: 'a phone enrolled by a card that was replaced',
    forge: async (whole) => {
      const { family, mum } = whole
      const keyring = await keyringOf(family, whole.card)
      const at = standing(family, mum.device)
      append(family, await proposeCard(at, await keyringOf(family, mum.device), await newDevice()))
      const by = standing(family, mum.device)
      const { link } = await proposeAddDevice(by, keyring, await newDevice())
      const a = argumentsOf('adddev', link)
      return forgeLink(family, whole.card, { op: 'adddev', a })
    },
  },
  {
    reason: 'holders-too-many',
    what: 'a card beside sixteen phones: more than one removal can name',
    forge: async ({ family, dad }) => {
      const keyring = await keyringOf(family, dad.device)
      for (let more = 0; more < 15; more += 1) {
        const at = standing(family, dad.device)
        append(family, await proposeAddDevice(at, keyring, await newDevice()))
      }
      const at = standing(family, dad.device)
      return (await proposeCard(at, new Map(), await newDevice())).link
    },
  },
  {
    reason: 'role-forbidden',
    what: 'a relative who opens a drop-box',
    forge: (whole) => box(whole, whole.grandma),
  },
  {
    reason: 'principal-known',
    what: "a drop-box under a relative's name",
    forge: (whole) => box(whole, whole.mum, whole.grandma.person),
  },
  {
    reason: 'device-signature-invalid',
    what: 'a drop-box that did not sign its own enrolment',
    forge: async (whole) => {
      const a = argumentsOf('box', await box(whole, whole.mum))
      const changed = { ...a, proof: flipped(a.proof, 9) }
      return forgeLink(whole.family, whole.mum.device, { op: 'box', a: changed })
    },
  },
  {
    reason: 'role-forbidden',
    what: 'a drop-box that enrols a device of its own',
    forge: async ({ family, mum }) => {
      const keys = await boxKeys(randomBytes(16))
      const opened = { id: newPrincipalId(), expires: NOW }
      append(family, await proposeBox(standing(family, mum.device), keys, opened))
      const secret = { of: opened.id, epoch: 1, secret: randomBytes(32) }
      const { grant } = await grantSecret(secret, mum.device)
      const a = { person: opened.id, device: { sig: mum.device.sig, kem: mum.device.kem } }
      const proof = randomBytes(64)
      return forgeLink(family, keys, { op: 'adddev', a: { ...a, proof, grants: [grant] } })
    },
  },
  {
    reason: 'role-forbidden',
    what: 'a relative who changes the rules',
    forge: async ({ family, grandma }) => {
      const rules = { approval: false, retention: 0, trusted: [] }
      return (await proposePolicy(standing(family, grandma.device), rules)).link
    },
  },
  {
    reason: 'suite-unknown',
    what: 'a suite from another day',
    forge: ({ family, mum }) => forgeLink(family, mum.device, { op: 'suite', a: { suite: 'PP0' } }),
  },
  {
    reason: 'suite-downgrade',
    what: 'the suite that the household has',
    forge: ({ family, mum }) => forgeLink(family, mum.device, { op: 'suite', a: { suite: 'PP1' } }),
  },
  {
    reason: 'role-forbidden',
    what: 'a relative who changes the suite',
    forge: ({ family, grandma }) =>
      forgeLink(family, grandma.device, { op: 'suite', a: { suite: 'PP1' } }),
  },
  {
    reason: 'role-forbidden',
    what: 'a relative who closes epochs of the household',
    forge: async ({ family, grandma }) => {
      const at = standing(family, grandma.device, NOW + DAY_MS)
      return (await proposeShred(at, family.household.principal, 2)).link
    },
  },
  {
    reason: 'epoch-unknown',
    what: 'the newest epoch closed with the others',
    forge: (whole) => shred(whole, 3),
  },
  {
    reason: 'epoch-unknown',
    what: 'nothing closed at all',
    forge: (whole) => shred(whole, 1),
  },
  {
    reason: 'shred-early',
    what: 'an epoch closed a millisecond before the household may forget it',
    forge: (whole) => shred(whole, 2, NOW + DAY_MS - 1),
  },
  {
    reason: 'shred-early',
    what: 'an epoch closed on the day it ended',
    forge: async ({ family, mum }) =>
      (await proposeShred(standing(family, mum.device), family.household.principal, 2)).link,
  },
  {
    reason: 'shred-early',
    what: 'an epoch closed in a household that keeps everything',
    forge: async (whole) => {
      const { family, guardian } = await keeping(whole, 0)
      const at = standing(family, guardian.device, NOW + 1000 * DAY_MS)
      return (await proposeShred(at, family.household.principal, 2)).link
    },
  },
  {
    reason: 'epoch-closed',
    what: 'a closed epoch given to a new phone',
    forge: async (whole) => {
      const { family, guardian } = await keepingADay(whole)
      const keyring = await keyringOf(family, guardian.device)
      const { principal } = family.household
      const at = standing(family, guardian.device, NOW + DAY_MS)
      append(family, await proposeShred(at, principal, 2))
      const after = standing(family, guardian.device)
      return (await proposeAddDevice(after, keyring, await newDevice())).link
    },
  },
]
