import { randomBytes, type Device } from '../../src/keys/device.ts'
import {
  proposeAdd,
  proposeAddDevice,
  proposeCancel,
  proposeRemove,
  proposeRevokeDevice,
  proposeRotate,
} from '../../src/keys/links.ts'
import { newPrincipalId } from '../../src/keys/principal.ts'
import { deviceId, type PrincipalId } from '../../src/protocol/ids.ts'
import type { Arguments } from '../../src/protocol/log/ops.ts'
import {
  counted,
  addDevice,
  append,
  askToJoin,
  foundFamily,
  invite,
  keyringOf,
  newDevice,
  standing,
  stranger,
} from './family.ts'
import { argumentsOf, forgeLink, without } from './forgery.ts'
import { inviteArguments, rotationOf, type Illegal, type Whole } from './illegal-links.ts'

/** What the op `rotate` carries for a principal and these holders, signed by `by`. */
async function rotate(
  { family }: Whole,
  by: Device,
  { of, to, ...lies }: { of: PrincipalId; to: readonly Device[]; epoch?: number },
): Promise<Uint8Array> {
  const rotation = { ...(await rotationOf(family.household, of, to)), ...lies }
  return forgeLink(family, by, { op: 'rotate', a: { rotation } })
}

/** An honest `revdev` of a second phone of mum's or grandma's, changed before mum signs it. */
async function revokeBut(
  { family, mum }: Whole,
  owner: { device: Device },
  change: (a: Arguments<'revdev'>, phone: Device) => object | Promise<object>,
): Promise<Uint8Array> {
  const phone = await addDevice(family, owner.device)
  const { link } = await proposeRevokeDevice(standing(family, mum.device), phone.id, counted(0))
  const a = await change(argumentsOf('revdev', link), phone)
  return forgeLink(family, mum.device, { op: 'revdev', a })
}

async function remove({ family }: Whole, by: Device, person: PrincipalId): Promise<Uint8Array> {
  return (await proposeRemove(standing(family, by), person, new Map())).link
}

/** Grandma removed by mum, the arguments changed. */
async function removeBut(
  whole: Whole,
  change: (a: Arguments<'remove'>) => object | Promise<object>,
): Promise<Uint8Array> {
  const { family, mum, grandma } = whole
  const a = argumentsOf('remove', await remove(whole, mum.device, grandma.person))
  return forgeLink(family, mum.device, { op: 'remove', a: await change(a) })
}

/** Who may do what. */
export const FORBIDDEN: readonly Illegal[] = [
  {
    reason: 'role-forbidden',
    what: 'a relative who invites',
    forge: async ({ family, grandma }) =>
      forgeLink(family, grandma.device, { op: 'invite', a: await inviteArguments() }),
  },
  {
    reason: 'role-forbidden',
    what: 'a toy that invites',
    forge: async ({ family, toy }) =>
      forgeLink(family, toy.device, { op: 'invite', a: await inviteArguments() }),
  },
  {
    reason: 'role-forbidden',
    what: 'a toy that rotates its own secret',
    forge: async (whole) => {
      const { device, person: of } = whole.toy
      return rotate(whole, device, { of, to: [device] })
    },
  },
  {
    reason: 'role-forbidden',
    what: 'a recovery card that invites',
    forge: async ({ family, card }) =>
      forgeLink(family, card, { op: 'invite', a: await inviteArguments() }),
  },
  {
    reason: 'role-forbidden',
    what: 'a recovery card that lets its person leave',
    forge: (whole) => remove(whole, whole.card, whole.mum.person),
  },
  {
    reason: 'role-forbidden',
    what: 'a relative who cancels an invitation',
    forge: async ({ family, mum, grandma }) => {
      const { id } = await invite(family, mum, 'relative')
      return (await proposeCancel(standing(family, grandma.device), id)).link
    },
  },
  {
    reason: 'role-forbidden',
    what: 'a relative who lets somebody in: an invitation without a guardian admits nobody',
    forge: async ({ family, mum, grandma }) => {
      const invited = await invite(family, mum, 'relative')
      const request = await askToJoin(family, invited, await stranger())
      return (await proposeAdd(standing(family, grandma.device), new Map(), request)).link
    },
  },
  {
    reason: 'role-forbidden',
    what: "a guardian who plants a device in another guardian's name",
    forge: async ({ family, mum, dad }) => {
      const device = await newDevice()
      const keyring = await keyringOf(family, dad.device)
      const { link } = await proposeAddDevice(standing(family, dad.device), keyring, device)
      const a = { ...argumentsOf('adddev', link), person: mum.person }
      return forgeLink(family, dad.device, { op: 'adddev', a })
    },
  },
  {
    reason: 'role-forbidden',
    what: "a guardian who ends another guardian's device",
    forge: async ({ family, mum, dad }) => {
      const phone = await addDevice(family, mum.device)
      return (await proposeRevokeDevice(standing(family, dad.device), phone.id, counted(0))).link
    },
  },
  {
    reason: 'role-forbidden',
    what: "a relative who ends a guardian's device",
    forge: async ({ family, mum, grandma }) => {
      const phone = await addDevice(family, mum.device)
      return (await proposeRevokeDevice(standing(family, grandma.device), phone.id, counted(0)))
        .link
    },
  },
  {
    reason: 'role-forbidden',
    what: 'a relative who removes the toy',
    forge: (whole) => remove(whole, whole.grandma.device, whole.toy.person),
  },
  {
    reason: 'role-forbidden',
    what: 'a relative who removes a guardian',
    forge: (whole) => remove(whole, whole.grandma.device, whole.dad.person),
  },
  {
    reason: 'role-forbidden',
    what: "a guardian who plants an epoch of a relative's person",
    forge: (whole) =>
      rotate(whole, whole.mum.device, { of: whole.grandma.person, to: [whole.grandma.device] }),
  },
  {
    reason: 'role-forbidden',
    what: 'a relative who plants an epoch of the household',
    forge: (whole) =>
      rotate(whole, whole.grandma.device, {
        of: whole.family.household.principal,
        to: [whole.mum.device, whole.card, whole.dad.device],
      }),
  },
  {
    reason: 'quorum-required',
    what: 'a guardian who removes another guardian alone',
    forge: (whole) => remove(whole, whole.dad.device, whole.mum.person),
  },
  {
    reason: 'last-guardian',
    what: 'the only guardian who leaves',
    forge: async (whole) => {
      const { guardian, family, card } = await foundFamily()
      Object.assign(whole, { family })
      const of = family.household.principal
      const rotation = await rotationOf(family.household, of, [guardian.device, card])
      const a = { person: guardian.person, last: [], rotation }
      return forgeLink(family, guardian.device, { op: 'remove', a })
    },
  },
]

/** What an op must carry, and what it must not. */
export const ILLEGAL_CHANGES: readonly Illegal[] = [
  {
    reason: 'device-unknown',
    what: 'the end of a device that never was',
    forge: (whole) =>
      revokeBut(whole, whole.mum, (a) => ({ ...a, device: deviceId.from(randomBytes(16)) })),
  },
  {
    reason: 'device-unknown',
    what: 'the end of a device that has ended',
    forge: async (whole) => {
      const { family, mum } = whole
      const phone = await addDevice(family, mum.device)
      const end = await proposeRevokeDevice(standing(family, mum.device), phone.id, counted(0))
      append(family, end)
      return forgeLink(family, mum.device, { op: 'revdev', a: argumentsOf('revdev', end.link) })
    },
  },
  {
    reason: 'device-unknown',
    what: 'the end of the recovery card by the op for devices',
    forge: async ({ family, mum, card }) =>
      (await proposeRevokeDevice(standing(family, mum.device), card.id, counted(0))).link,
  },
  {
    reason: 'last-device',
    what: "the end of a relative's only device",
    forge: async ({ family, mum, grandma }) => {
      const rotation = await rotationOf(family.household, grandma.person, [grandma.device])
      const a = { device: grandma.device.id, last: counted(0), rotations: [rotation] }
      return forgeLink(family, mum.device, { op: 'revdev', a })
    },
  },
  {
    reason: 'last-device',
    what: "the end of a guardian's only device besides the card",
    forge: async ({ family, mum }) =>
      (await proposeRevokeDevice(standing(family, mum.device), mum.device.id, counted(0))).link,
  },
  {
    reason: 'principal-unknown',
    what: 'the removal of nobody',
    forge: (whole) => removeBut(whole, (a) => ({ ...a, person: newPrincipalId() })),
  },
  {
    reason: 'principal-unknown',
    what: 'the removal of the household itself',
    forge: (whole) => removeBut(whole, (a) => ({ ...a, person: whole.family.household.principal })),
  },
  {
    reason: 'principal-unknown',
    what: 'the removal of somebody who has left',
    forge: async (whole) => {
      const { family, mum, grandma } = whole
      const leave = await proposeRemove(standing(family, mum.device), grandma.person, new Map())
      append(family, leave)
      return forgeLink(family, mum.device, { op: 'remove', a: argumentsOf('remove', leave.link) })
    },
  },
  {
    reason: 'principal-unknown',
    what: 'a rotation of nobody',
    forge: async (whole) => {
      const { mum } = whole
      return rotate(whole, mum.device, { of: newPrincipalId(), to: [mum.device] })
    },
  },
  {
    reason: 'counters-incomplete',
    what: 'a removal without last counters',
    forge: (whole) => removeBut(whole, (a) => ({ ...a, last: [] })),
  },
  {
    reason: 'counters-incomplete',
    what: "a removal that names another's device too",
    forge: (whole) =>
      removeBut(whole, (a) => ({
        ...a,
        last: [...a.last, { device: whole.dad.device.id, ...counted(0) }],
      })),
  },
  {
    reason: 'counters-incomplete',
    what: 'a removal that names one device twice',
    forge: (whole) => removeBut(whole, (a) => ({ ...a, last: [...a.last, ...a.last] })),
  },
  {
    reason: 'rotation-missing',
    what: 'a guardian who leaves without a rotation of the household',
    forge: async (whole) => {
      const { family, dad } = whole
      const honest = argumentsOf('remove', await remove(whole, dad.device, dad.person))
      return forgeLink(family, dad.device, { op: 'remove', a: without(honest, 'rotation') })
    },
  },
  {
    reason: 'rotation-missing',
    what: "the end of a guardian's device without a rotation of the household",
    forge: (whole) =>
      revokeBut(whole, whole.mum, (a) => ({
        ...a,
        rotations: a.rotations.filter(({ id }) => id === whole.mum.person),
      })),
  },
  {
    reason: 'rotation-unexpected',
    what: 'the removal of a relative with a rotation of the household',
    forge: (whole) =>
      removeBut(whole, async (a) => {
        const { family, mum, dad, card } = whole
        const of = family.household.principal
        const holders = [mum.device, card, dad.device]
        return { ...a, rotation: await rotationOf(family.household, of, holders) }
      }),
  },
  {
    reason: 'rotation-unexpected',
    what: "the end of a relative's device with a rotation of the household",
    forge: (whole) =>
      revokeBut(whole, whole.grandma, async (a) => {
        const { family, mum, dad, card } = whole
        const of = family.household.principal
        const more = await rotationOf(family.household, of, [mum.device, card, dad.device])
        return { ...a, rotations: [...a.rotations, more] }
      }),
  },
  {
    reason: 'rotation-unexpected',
    what: 'one principal rotated twice in a link',
    forge: (whole) =>
      revokeBut(whole, whole.grandma, (a) => ({
        ...a,
        rotations: [...a.rotations, ...a.rotations],
      })),
  },
  {
    reason: 'rotation-epoch',
    what: 'an epoch left out',
    forge: (whole) => {
      const { device, person: of } = whole.grandma
      return rotate(whole, device, { of, to: [device], epoch: 3 })
    },
  },
  {
    reason: 'rotation-epoch',
    what: 'the current epoch again',
    forge: (whole) => {
      const { device, person: of } = whole.grandma
      return rotate(whole, device, { of, to: [device], epoch: 1 })
    },
  },
  {
    reason: 'recipient-reused',
    what: 'a rotation back to the recipient of an earlier epoch',
    forge: async ({ family, mum }) => {
      const of = family.household.principal
      const rec = family.household.principals.get(of)?.epochs[0]?.rec
      const { link } = await proposeRotate(standing(family, mum.device), of)
      const { rotation } = argumentsOf('rotate', link)
      return forgeLink(family, mum.device, { op: 'rotate', a: { rotation: { ...rotation, rec } } })
    },
  },
  {
    reason: 'wraps-incomplete',
    what: 'a rotation of the household that leaves the card out',
    forge: (whole) => {
      const { family, mum, dad } = whole
      const of = family.household.principal
      return rotate(whole, mum.device, { of, to: [mum.device, dad.device] })
    },
  },
  {
    reason: 'wraps-foreign',
    what: 'a rotation of the household that lets a relative read it',
    forge: (whole) => {
      const { family, mum, dad, card, grandma } = whole
      const of = family.household.principal
      const to = [mum.device, card, dad.device, grandma.device]
      return rotate(whole, mum.device, { of, to })
    },
  },
  {
    reason: 'wraps-foreign',
    what: 'a rotation with two wraps for one holder',
    forge: (whole) => {
      const { device, person: of } = whole.grandma
      return rotate(whole, device, { of, to: [device, device] })
    },
  },
  {
    reason: 'wraps-foreign',
    what: 'a rotation that the ending device would get too',
    forge: (whole) =>
      revokeBut(whole, whole.grandma, async (a, phone) => {
        const { family, grandma } = whole
        const to = [grandma.device, phone]
        return { ...a, rotations: [await rotationOf(family.household, grandma.person, to)] }
      }),
  },
]
