import { generateNative, loadDevice, type Device } from '../../src/keys/device.ts'
import type { Proposal, Standing } from '../../src/keys/links.ts'
import type { Arrived } from '../../src/keys/message.ts'
import type { Household } from '../../src/protocol/log/household.ts'
import type { DeviceId, MessageId, PrincipalId } from '../../src/protocol/ids.ts'
import type { LastMessage } from '../../src/protocol/log/ops.ts'
import type { Original } from '../../src/protocol/message/kinds.ts'
import { append, foundFamily, newDevice, NOW, standing, type Family } from '../harness/family.ts'
import { beginLedger, type Key, type Ledger, type Role } from './ledger.ts'

/** A message of the history, sealed for real, and the keys that open it by the design. */
export type Sent = {
  readonly arrived: Arrived & { readonly mid: MessageId }
  readonly original: Original
  readonly keys: readonly Key[]
  readonly by: Role
}

/** A device's keys, copied at some moment: what it held then, and the wraps there were. */
export type Theft = {
  readonly device: DeviceId
  readonly keys: ReadonlySet<Key>
  readonly at: Household
}

/** A household twice: as the real code has it, and as the ledger tells it. */
export type World = {
  readonly family: Family
  readonly ledger: Ledger
  /** Every device, card and drop-box that ever was. */
  readonly devices: Map<DeviceId, Device>
  readonly sent: Sent[]
  /** The last message of each device. */
  readonly last: Map<DeviceId, LastMessage>
  readonly thefts: Theft[]
  /** The household as it was before a device or card ended. */
  readonly ends: Map<DeviceId, Household>
  /** Wraps that lie in the database and in no link: for controls. */
  readonly planted: Uint8Array[]
  retention: number
  /** Milliseconds since 1970. */
  now: number
}

/** A new device, with keys inside WebCrypto where that can. */
export async function newPhone(): Promise<Device> {
  const native = await generateNative()
  return native ? loadDevice(native) : newDevice()
}

/** A household with one guardian and a card, in both tellings. */
export async function beginWorld(): Promise<World> {
  const { family, guardian, card } = await foundFamily()
  const { person, device } = guardian
  return {
    family,
    ledger: beginLedger(family.household.principal, { person, device: device.id, card: card.id }),
    devices: new Map([device, card].map((one) => [one.id, one])),
    sent: [],
    last: new Map(),
    thefts: [],
    ends: new Map(),
    planted: [],
    retention: 0,
    now: NOW,
  }
}

/** Where a device of this world stands. */
export function at(world: World, device: Device): Standing {
  return standing(world.family, device, world.now)
}

/** Appends a link; devices that it ends are noted with the household as it was. */
export function take(world: World, proposal: Proposal, ending: readonly DeviceId[] = []): void {
  for (const device of ending) world.ends.set(device, world.family.household)
  append(world.family, proposal)
}

/** The device, which is one of this world's. */
export function deviceOf({ devices }: World, id: DeviceId): Device {
  const device = devices.get(id)
  if (!device) throw new Error('a device that this world does not know')
  return device
}

/** Phones, toys and boxes of these roles; cards never. */
export function senders({ ledger }: Pick<World, 'ledger'>, ...roles: readonly Role[]): DeviceId[] {
  return [...ledger.people.values()]
    .filter(({ role }) => roles.includes(role))
    .flatMap(({ devices }) => [...devices])
}

/** People of these roles who are there, in the order they came. */
export function people(
  { ledger }: Pick<World, 'ledger'>,
  ...roles: readonly Role[]
): PrincipalId[] {
  return [...ledger.people].filter(([, { role }]) => roles.includes(role)).map(([id]) => id)
}

export function pick<T>(from: readonly T[], number: number): T | undefined {
  return from[number % from.length]
}
