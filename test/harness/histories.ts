import type { Device } from '../../src/keys/device.ts'
import {
  proposeCancel,
  proposeRemove,
  proposeRevokeDevice,
  proposeRotate,
} from '../../src/keys/links.ts'
import { deviceIdOf } from '../../src/protocol/ed25519.ts'
import {
  activeDevice,
  heldBy,
  membersOf,
  roleOf,
  type Household,
} from '../../src/protocol/log/household.ts'
import {
  counted,
  addDevice,
  admit,
  append,
  foundFamily,
  invite,
  standing,
  type Family,
} from './family.ts'

/** One step of a random history: which op, and by and about whom, as numbers to be reduced. */
export type Choice = { readonly op: number; readonly by: number; readonly about: number }

/** A family whose history is honest and random, with every device that was ever in it. */
export type History = {
  readonly family: Family
  readonly devices: readonly Device[]
  /** How often each op was taken. */
  readonly taken: ReadonlyMap<string, number>
}

type World = { family: Family; devices: Device[] }
type Step = (world: World, choice: Choice) => Promise<boolean>

/** Plays a history: choices that are not open at their moment are passed over. */
export async function play(choices: readonly Choice[]): Promise<History> {
  const { family, guardian, card } = await foundFamily()
  const world: World = { family, devices: [guardian.device, card] }
  const taken = new Map([['genesis', 1]])
  for (const choice of choices) {
    const [name, step] = pick(STEPS, choice.op) ?? STEPS[0]
    if (await step(world, choice)) taken.set(name, (taken.get(name) ?? 0) + 1)
  }
  return { ...world, taken }
}

/** The devices that are enrolled now and of one of these roles; cards never. */
export function enrolled({ family, devices }: History | World, ...roles: string[]): Device[] {
  return devices.filter((device) => {
    const known = activeDevice(family.household, device.id)
    return known && !known.card && roles.includes(roleOf(family.household, known) ?? '')
  })
}

type Named = readonly [string, Step]
const STEPS: readonly [Named, ...Named[]] = [
  ['add', admitSomebody],
  ['adddev', enrolAnother],
  ['cancel', inviteAndCancel],
  ['revdev', endDevice],
  ['remove', endPerson],
  ['rotate', rotateHeld],
]

async function admitSomebody(world: World, { by, about }: Choice): Promise<boolean> {
  const device = pick(enrolled(world, 'guardian'), by)
  const role = pick(['relative', 'guardian', 'toy'] as const, about)
  if (!device || !role) return false
  const joiner = await admit(world.family, { person: personOf(world, device), device }, role)
  world.devices.push(joiner.device)
  return true
}

async function enrolAnother(world: World, { by }: Choice): Promise<boolean> {
  const device = pick(enrolled(world, 'guardian', 'relative'), by)
  if (!device) return false
  world.devices.push(await addDevice(world.family, device))
  return true
}

async function inviteAndCancel(world: World, { by }: Choice): Promise<boolean> {
  const device = pick(enrolled(world, 'guardian'), by)
  if (!device) return false
  const { family } = world
  const { id } = await invite(family, { person: personOf(world, device), device }, 'relative')
  append(family, await proposeCancel(standing(family, device), id))
  return true
}

async function endDevice(world: World, { by, about }: Choice): Promise<boolean> {
  const device = pick(enrolled(world, 'guardian', 'relative'), by)
  if (!device) return false
  const person = personOf(world, device)
  const mine = enrolled(world, 'guardian', 'relative').filter(
    (other) => personOf(world, other) === person,
  )
  const ending = pick(mine, about)
  if (!ending || mine.length < 2) return false
  const { family } = world
  append(family, await proposeRevokeDevice(standing(family, device), ending.id, counted(about)))
  return true
}

async function endPerson(world: World, { by, about }: Choice): Promise<boolean> {
  const { household } = world.family
  const device = pick(enrolled(world, 'guardian'), by)
  const guardians = membersOf(household).filter(({ role }) => role === 'guardian')
  const person = device && personOf(world, device)
  const leaving = pick(
    membersOf(household).filter(({ id, role }) => role !== 'guardian' || id === person),
    about,
  )
  if (!device || !leaving || (leaving.role === 'guardian' && guardians.length < 2)) return false
  append(world.family, await proposeRemove(standing(world.family, device), leaving.id, new Map()))
  return true
}

async function rotateHeld(world: World, { by, about }: Choice): Promise<boolean> {
  const { household } = world.family
  const device = pick(enrolled(world, 'guardian', 'relative'), by)
  const known = device && activeDevice(household, device.id)
  const of = known && pick(heldBy(household, known), about)
  if (!device || !of) return false
  append(world.family, await proposeRotate(standing(world.family, device), of))
  return true
}

function personOf({ family }: World, device: Device): ReturnType<typeof lookUp> {
  return lookUp(family.household, device)
}

function lookUp(household: Household, device: Device) {
  const known = household.devices.get(deviceIdOf(device.sig))
  if (!known) throw new Error('a device of the history that the log does not know')
  return known.person
}

function pick<T>(from: readonly T[], number: number): T | undefined {
  return from[number % from.length]
}
