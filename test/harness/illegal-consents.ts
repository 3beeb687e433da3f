import { randomBytes, type Device } from '../../src/keys/device.ts'
import { consent, proposePolicy, writePurpose } from '../../src/keys/governing.ts'
import { proposeRemove, proposeRevokeDevice } from '../../src/keys/links.ts'
import type { Wanted } from '../../src/protocol/log/consent.ts'
import type { Consents } from '../../src/protocol/log/ops.ts'
import {
  addDevice,
  admit,
  append,
  counted,
  foundFamily,
  NOW,
  standing,
  type Party,
} from './family.ts'
import { flipped, lengthened } from './forgery.ts'
import type { Illegal, Whole } from './illegal-links.ts'

/** Mum and dad agree that the third guardian, who came after them, goes. */
async function removalOf(
  { family, mum, dad }: Whole,
  change: (aunt: Party, honest: Consents) => Consents | Promise<Consents>,
): Promise<Uint8Array> {
  const aunt = await admit(family, mum, 'guardian')
  const wanted = { op: 'remove', person: aunt.person } as const
  const purpose = writePurpose(family.household.id, wanted, NOW)
  const honest = { purpose, by: [await consent(dad.device, purpose)] }
  const consents = await change(aunt, honest)
  return (await proposeRemove(standing(family, mum.device), aunt.person, new Map(), consents)).link
}

/** Mum and dad agree to keep messages for 30 days. */
async function policyBy(
  { family, mum }: Whole,
  wanted: Wanted,
  by: readonly Device[],
  { household = family.household.id, expires = NOW } = {},
): Promise<Uint8Array> {
  const purpose = writePurpose(household, wanted, expires)
  const consents = { purpose, by: await Promise.all(by.map((one) => consent(one, purpose))) }
  return (await proposePolicy(standing(family, mum.device), RULES, consents)).link
}

const RULES = { approval: true, retention: 30, trusted: [] }
const WANTED = { op: 'policy', policy: RULES } as const

/** What guardians agree to together, and did not. */
export const ILLEGAL_CONSENTS: readonly Illegal[] = [
  {
    reason: 'quorum-required',
    what: 'new rules by one guardian of two',
    forge: async ({ family, mum }) =>
      (await proposePolicy(standing(family, mum.device), RULES)).link,
  },
  {
    reason: 'quorum-required',
    what: 'new rules with no consent but an empty list',
    forge: (whole) => policyBy(whole, WANTED, []),
  },
  {
    reason: 'quorum-required',
    what: 'one guardian who consents twice: as signer, and with a consent of the same phone',
    forge: (whole) => policyBy(whole, WANTED, [whole.mum.device, whole.mum.device]),
  },
  {
    reason: 'quorum-required',
    what: 'a guardian removed by the one before and nobody else',
    forge: (whole) => removalOf(whole, (_, { purpose }) => ({ purpose, by: [] })),
  },
  {
    reason: 'consent-malformed',
    what: 'a byte behind the purpose',
    forge: (whole) =>
      removalOf(whole, (_, { purpose, by }) => ({ purpose: lengthened(purpose), by })),
  },
  {
    reason: 'consent-differs',
    what: 'a consent to remove somebody else',
    forge: (whole) =>
      removalOf(whole, async () => {
        const wanted = { op: 'remove', person: whole.grandma.person } as const
        const purpose = writePurpose(whole.family.household.id, wanted, NOW)
        return { purpose, by: [await consent(whole.dad.device, purpose)] }
      }),
  },
  {
    reason: 'consent-differs',
    what: 'a consent to other rules',
    forge: (whole) =>
      policyBy(whole, { op: 'policy', policy: { approval: true, retention: 31, trusted: [] } }, [
        whole.dad.device,
      ]),
  },
  {
    reason: 'consent-differs',
    what: 'a consent that was given in another household',
    forge: async (whole) => {
      const { household } = (await foundFamily()).family
      return policyBy(whole, WANTED, [whole.dad.device], { household: household.id })
    },
  },
  {
    reason: 'consent-expired',
    what: 'a consent that was to be used earlier',
    forge: (whole) => policyBy(whole, WANTED, [whole.dad.device], { expires: NOW - 1 }),
  },
  {
    reason: 'consent-used',
    what: 'the same consent a second time',
    forge: async ({ family, mum, dad }) => {
      const purpose = writePurpose(family.household.id, WANTED, NOW)
      const consents = { purpose, by: [await consent(dad.device, purpose)] }
      append(family, await proposePolicy(standing(family, mum.device), RULES, consents))
      return (await proposePolicy(standing(family, mum.device), RULES, consents)).link
    },
  },
  {
    reason: 'consent-foreign',
    what: 'a relative who consents',
    forge: (whole) => policyBy(whole, WANTED, [whole.grandma.device]),
  },
  {
    reason: 'consent-foreign',
    what: "a guardian's phone that was ended",
    forge: async (whole) => {
      const { family, dad } = whole
      const phone = await addDevice(family, dad.device)
      const at = standing(family, dad.device)
      append(family, await proposeRevokeDevice(at, phone.id, counted(0)))
      return policyBy(whole, WANTED, [phone])
    },
  },
  {
    reason: 'consent-foreign',
    what: 'a recovery card that consents',
    forge: (whole) => policyBy(whole, WANTED, [whole.card]),
  },
  {
    reason: 'consent-foreign',
    what: 'a guardian who came later, brought along to outvote the one before',
    forge: async (whole) => {
      const { family, mum, dad } = whole
      const friend = await admit(family, mum, 'guardian')
      const wanted = { op: 'remove', person: dad.person } as const
      const purpose = writePurpose(family.household.id, wanted, NOW)
      const consents = { purpose, by: [await consent(friend.device, purpose)] }
      const at = standing(family, mum.device)
      return (await proposeRemove(at, dad.person, new Map(), consents)).link
    },
  },
  {
    reason: 'consent-foreign',
    what: 'the guardian who is to go consents in the name of the others',
    forge: (whole) =>
      removalOf(whole, async (aunt, { purpose }) => ({
        purpose,
        by: [await consent(aunt.device, purpose)],
      })),
  },
  {
    reason: 'consent-foreign',
    what: 'consents where none are needed: a relative is removed',
    forge: async ({ family, mum, dad, grandma }) => {
      const wanted = { op: 'remove', person: grandma.person } as const
      const purpose = writePurpose(family.household.id, wanted, NOW)
      const consents = { purpose, by: [await consent(dad.device, purpose)] }
      const at = standing(family, mum.device)
      return (await proposeRemove(at, grandma.person, new Map(), consents)).link
    },
  },
  {
    reason: 'consent-invalid',
    what: 'one changed bit of a consent',
    forge: (whole) =>
      removalOf(whole, (_, { purpose, by }) => ({
        purpose,
        by: by.map(({ device, s }) => ({ device, s: flipped(s, 40) })),
      })),
  },
  {
    reason: 'consent-invalid',
    what: "a guardian's signature of something else",
    forge: (whole) =>
      removalOf(whole, async (_, { purpose }) => ({
        purpose,
        by: [{ device: whole.dad.device.id, s: await whole.dad.device.sign(purpose) }],
      })),
  },
  {
    reason: 'arguments-malformed',
    what: 'a purpose of no bytes',
    forge: (whole) => removalOf(whole, (_, { by }) => ({ purpose: randomBytes(0), by })),
  },
]
