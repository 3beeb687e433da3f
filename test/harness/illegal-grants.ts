import { randomBytes } from '../../src/keys/device.ts'
import { proposeAddDevice } from '../../src/keys/links.ts'
import { append, keyringOf, newDevice, standing } from './family.ts'
import { addBut, addDeviceBut } from './forged-joins.ts'
import { without } from './forgery.ts'
import { rotationOf, type Illegal } from './illegal-links.ts'

/** What comes with somebody new: rotations and grants. */
export const ILLEGAL_GRANTS: readonly Illegal[] = [
  {
    reason: 'rotation-missing',
    what: 'a new guardian without a rotation of the household',
    forge: (whole) => addBut(whole, 'guardian', (a) => without(a, 'rotation')),
  },
  {
    reason: 'rotation-unexpected',
    what: 'a new relative with a rotation of the household',
    forge: (whole) =>
      addBut(whole, 'relative', async (a, joiner) => {
        const { family, mum, dad, card } = whole
        const holders = [mum.device, card, dad.device, joiner.device]
        const { household } = family
        return { ...a, rotation: await rotationOf(household, household.principal, holders) }
      }),
  },
  {
    reason: 'rotation-unexpected',
    what: "a new guardian with a rotation of the signer's own person",
    forge: (whole) =>
      addBut(whole, 'guardian', async (a) => {
        const { family, mum, card } = whole
        const own = await rotationOf(family.household, mum.person, [mum.device, card])
        return { ...a, rotation: own }
      }),
  },
  {
    reason: 'wraps-incomplete',
    what: 'a new guardian who is left out of the rotation',
    forge: (whole) =>
      addBut(whole, 'guardian', async (a) => {
        const { family, mum, dad, card } = whole
        const { household } = family
        const holders = [mum.device, card, dad.device]
        return { ...a, rotation: await rotationOf(household, household.principal, holders) }
      }),
  },
  {
    reason: 'grant-missing',
    what: "a new device that would not get its person's current secret",
    forge: (whole) =>
      addDeviceBut(whole, (a) => ({
        ...a,
        grants: a.grants.filter(({ of }) => of !== whole.mum.person),
      })),
  },
  {
    reason: 'grant-missing',
    what: "a guardian's new device that would only get an older epoch of the household",
    forge: (whole) =>
      addDeviceBut(whole, (a) => ({ ...a, grants: a.grants.filter(({ epoch }) => epoch === 1) })),
  },
  {
    reason: 'grant-unknown',
    what: 'a grant of an epoch that does not exist',
    forge: (whole) =>
      addDeviceBut(whole, (a) => ({
        ...a,
        grants: [...a.grants, ...a.grants.slice(0, 1).map((one) => ({ ...one, epoch: 99 }))],
      })),
  },
  {
    reason: 'grant-unknown',
    what: "a grant of somebody else's secret",
    forge: (whole) =>
      addDeviceBut(whole, (a) => ({
        ...a,
        grants: [
          ...a.grants,
          ...a.grants.slice(0, 1).map((one) => ({ ...one, epoch: 1, of: whole.grandma.person })),
        ],
      })),
  },
  {
    reason: 'grant-unknown',
    what: 'a grant to another device than the new one',
    forge: (whole) =>
      addBut(whole, 'guardian', (a) => ({
        ...a,
        grants: a.grants.map((grant) => ({ ...grant, to: whole.dad.device.id })),
      })),
  },
  {
    reason: 'grant-unknown',
    what: 'a grant of the household to a new relative',
    forge: (whole) =>
      addBut(whole, 'relative', (a, { device }) => {
        const of = whole.family.household.principal
        return { ...a, grants: [{ of, epoch: 2, to: device.id, hash: randomBytes(32) }] }
      }),
  },
  {
    reason: 'grant-repeated',
    what: 'a new guardian who is given the new epoch twice',
    forge: (whole) =>
      addBut(whole, 'guardian', (a, { device }) => {
        const { of = whole.family.household.principal } = a.grants[0] ?? {}
        const current = { of, epoch: a.rotation?.epoch, to: device.id, hash: randomBytes(32) }
        return { ...a, grants: [...a.grants, current] }
      }),
  },
  {
    reason: 'holders-too-many',
    what: 'a relative who enrols more devices than one removal can name',
    forge: async ({ family, grandma }) => {
      const keyring = await keyringOf(family, grandma.device)
      const one = async (): ReturnType<typeof proposeAddDevice> =>
        proposeAddDevice(standing(family, grandma.device), keyring, await newDevice())
      for (let more = 0; more < 15; more += 1) append(family, await one())
      return (await one()).link
    },
  },
]
