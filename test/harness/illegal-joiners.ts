import { randomBytes } from '../../src/keys/device.ts'
import { joinKey } from '../../src/keys/invitation.ts'
import { proposeAdd, proposeCancel, publicKeys } from '../../src/keys/links.ts'
import { newPrincipal, newPrincipalId } from '../../src/keys/principal.ts'
import { inviteId } from '../../src/protocol/ids.ts'
import { enrolmentBytes } from '../../src/protocol/log/join.ts'
import type { JoinRequestBody } from '../../src/protocol/log/ops.ts'
import { append, askToJoin, invite, newDevice, NOW, standing, stranger } from './family.ts'
import { add, addBut, addDeviceBut, enrolment } from './forged-joins.ts'
import { forgeLink } from './forgery.ts'
import { inviteArguments, type Illegal } from './illegal-links.ts'

/** Invitations and those who come by them. */
export const ILLEGAL_JOINERS: readonly Illegal[] = [
  {
    reason: 'invite-known',
    what: 'an invitation with the id of another',
    forge: async ({ family, mum }) => {
      const { id } = await invite(family, mum, 'relative')
      const a = { ...(await inviteArguments()), id }
      return forgeLink(family, mum.device, { op: 'invite', a })
    },
  },
  {
    reason: 'join-key-reused',
    what: 'a second invitation with the key of a used one',
    forge: async ({ family, mum }) => {
      const join = [...family.household.invites.values()][0]?.join
      const a = { ...(await inviteArguments()), join }
      return forgeLink(family, mum.device, { op: 'invite', a })
    },
  },
  {
    reason: 'invite-unknown',
    what: 'the end of an invitation that never was',
    forge: async ({ family, mum }) => {
      const id = inviteId.from(randomBytes(16))
      return (await proposeCancel(standing(family, mum.device), id)).link
    },
  },
  {
    reason: 'invite-unknown',
    what: 'a joiner with an invitation that never was',
    forge: (whole) => add(whole, () => ({ invite: inviteId.from(randomBytes(16)) })),
  },
  {
    reason: 'invite-used',
    what: 'a second joiner with one invitation',
    forge: async ({ family, mum }) => {
      const invited = await invite(family, mum, 'relative')
      const at = (): ReturnType<typeof standing> => standing(family, mum.device)
      const first = await askToJoin(family, invited, await stranger())
      const second = await askToJoin(family, invited, await stranger())
      append(family, await proposeAdd(at(), new Map(), first))
      return (await proposeAdd(at(), new Map(), second)).link
    },
  },
  {
    reason: 'invite-cancelled',
    what: 'a joiner with a cancelled invitation',
    forge: async ({ family, mum }) => {
      const invited = await invite(family, mum, 'relative')
      const request = await askToJoin(family, invited, await stranger())
      append(family, await proposeCancel(standing(family, mum.device), invited.id))
      return (await proposeAdd(standing(family, mum.device), new Map(), request)).link
    },
  },
  {
    reason: 'invite-expired',
    what: 'a joiner after the seven days',
    forge: async ({ family, mum }) => {
      const invited = await invite(family, mum, 'relative')
      const request = await askToJoin(family, invited, await stranger())
      const late = { ...standing(family, mum.device), now: NOW + 8 * 24 * 3600 * 1000 }
      return (await proposeAdd(late, new Map(), request)).link
    },
  },
  {
    reason: 'request-malformed',
    what: 'a request that is not one',
    forge: (whole) => addBut(whole, 'relative', (a) => ({ ...a, request: randomBytes(40) })),
  },
  {
    reason: 'request-elsewhere',
    what: 'a request made for another household',
    forge: (whole) =>
      add(whole, ({ device }) => ({ hid: `hh-${device.id.slice(4)}` as JoinRequestBody['hid'] })),
  },
  {
    reason: 'join-signature-invalid',
    what: 'a joiner who knows the invitation but not its secret',
    forge: async ({ family, mum }) => {
      const invited = await invite(family, mum, 'relative')
      const guessed = { ...invited, key: await joinKey(randomBytes(16)) }
      const request = await askToJoin(family, guessed, await stranger())
      return (await proposeAdd(standing(family, mum.device), new Map(), request)).link
    },
  },
  {
    reason: 'join-signature-invalid',
    what: 'a request with one changed field after it was signed',
    forge: (whole) =>
      addBut(whole, 'relative', (a) => {
        const request = a.request.slice()
        request.set([(request.at(-1) ?? 0) ^ 1], request.length - 1)
        return { ...a, request }
      }),
  },
  {
    reason: 'device-signature-invalid',
    what: 'a joiner with the public keys of a device that is not theirs',
    forge: async (whole) => {
      const other = await newDevice()
      return add(whole, () => ({ device: publicKeys(other) }))
    },
  },
  {
    reason: 'device-signature-invalid',
    what: 'an enrolment that the new device did not sign',
    forge: (whole) => addDeviceBut(whole, (a) => ({ ...a, proof: randomBytes(64) })),
  },
  {
    reason: 'device-signature-invalid',
    what: 'an enrolment that the new device signed for another person',
    forge: async (whole) => {
      const { family, dad } = whole
      const device = await newDevice()
      const bytes = enrolmentBytes(family.household.id, dad.person, publicKeys(device))
      const proof = await device.sign(bytes)
      return addDeviceBut(whole, (a) => ({ ...a, device: publicKeys(device), proof }))
    },
  },
  {
    reason: 'device-known',
    what: 'a device enrolled twice',
    forge: (whole) => enrolment(whole, publicKeys(whole.mum.device), whole.mum.device.sign),
  },
  {
    reason: 'device-known',
    what: "a joiner with a member's device",
    forge: async ({ family, mum, dad }) => {
      const invited = await invite(family, mum, 'relative')
      const again = { person: newPrincipalId(), device: dad.device }
      const request = await askToJoin(family, invited, again)
      return (await proposeAdd(standing(family, mum.device), new Map(), request)).link
    },
  },
  {
    reason: 'principal-known',
    what: "a joiner who claims a member's id",
    forge: (whole) =>
      add(whole, async ({ device }) => ({
        person: (await newPrincipal(whole.mum.person, [device])).part,
      })),
  },
  {
    reason: 'principal-known',
    what: "a joiner who claims the household's id",
    forge: (whole) =>
      add(whole, async ({ device }) => ({
        person: (await newPrincipal(whole.family.household.principal, [device])).part,
      })),
  },
  {
    reason: 'recipient-reused',
    what: "a joiner whose person has another's recipient",
    forge: (whole) =>
      add(whole, async ({ person: id, device }) => {
        const { part } = await newPrincipal(id, [device])
        const rec = whole.family.household.principals.get(whole.grandma.person)?.epochs[0]?.rec
        return { person: { ...part, rec: rec ?? '' } }
      }),
  },
  {
    reason: 'recipient-reused',
    what: "a joiner whose device has another's recipient",
    forge: (whole) =>
      add(whole, ({ device }) => ({ device: { sig: device.sig, kem: whole.mum.device.kem } })),
  },
  {
    reason: 'wraps-foreign',
    what: 'a joiner whose secret is wrapped to somebody else too',
    forge: (whole) =>
      add(whole, async ({ person: id, device }) => ({
        person: (await newPrincipal(id, [device, whole.mum.device])).part,
      })),
  },
]
